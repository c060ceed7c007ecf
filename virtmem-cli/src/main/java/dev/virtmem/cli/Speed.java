package dev.virtmem.cli;

import dev.virtmem.sim.SimulatedChipStore;
import dev.virtmem.store.BackingStore;
import java.util.List;

/**
 * How quick a store is: some transfers of one length, measured, and by the store's own figures.
 *
 * @param name what was done
 * @param bytes length of a transfer
 * @param measuredNanos time of one transfer by the computer's clock, or the simulated one, in ns
 * @param modelledNanos time of one transfer by the store's cost, in ns
 */
record Speed(String name, int bytes, double measuredNanos, double modelledNanos) {
  private static final int TRANSFERS = 50;
  private static final int SHORT = 16;
  private static final int LONG = 4096;

  /**
   * Measures short and long reads and writes. What is written is what was read before, inverted and
   * then as it was, since a store may well write only what changes.
   */
  static List<Speed> of(BackingStore store) {
    int most = (int) Math.min(LONG, store.capacity());
    int least = Math.min(SHORT, most);
    return List.of(
        measure(store, least, false),
        measure(store, least, true),
        measure(store, most, false),
        measure(store, most, true));
  }

  private static Speed measure(BackingStore store, int length, boolean write) {
    var bytes = new byte[length];
    double nanos = 0;
    for (int i = 0; i < TRANSFERS; i++) {
      long offset = (store.capacity() - length) / TRANSFERS * i;
      double start = now(store);
      store.read(offset, bytes, 0, length);
      if (write) {
        byte[] inverted = Bits.not(bytes);
        start = now(store);
        store.write(offset, inverted, 0, length);
        store.write(offset, bytes, 0, length);
      }
      nanos += now(store) - start;
    }
    return new Speed(
        write ? "write" : "read",
        length,
        nanos / TRANSFERS / (write ? 2 : 1),
        write ? store.cost().writeTime(length) : store.cost().readTime(length));
  }

  private static double now(BackingStore store) {
    return store instanceof SimulatedChipStore chip ? chip.clock().nanos() : System.nanoTime();
  }

  /** Returns bytes per second, as measured. */
  double bytesPerSecond() {
    return bytes / Math.max(1, measuredNanos) * 1e9;
  }
}
