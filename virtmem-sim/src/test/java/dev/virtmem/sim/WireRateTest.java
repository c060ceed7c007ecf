package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.BytePointer;
import dev.virtmem.VirtualMemory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How much of the wire's rate is left for data when a program goes through 100,000 bytes, one at a
 * time: instructions, addresses, gaps between transfers, and bytes that are read in vain cost the
 * rest. The memory has its default RAM and what it chooses for the store's cost.
 */
class WireRateTest {
  private static final int BYTES = 100_000;
  private static final int HZ = 20_000_000;

  @ParameterizedTest
  @CsvSource({"15000, 0.93", "0, 0.99"})
  void sequentialAccessesUseTheWire(int gapNanos, double least) {
    try (var store = SimulatedChipStore.open("23LC1024", HZ, gapNanos, 1);
        var memory = VirtualMemory.builder(store).open()) {
      BytePointer bytes = memory.allocateBytes(BYTES);
      memory.drop();
      double start = store.clock().nanos();
      for (int i = 0; i < BYTES; i++) {
        bytes.set(i, value(i));
      }
      memory.flush();
      check("written", store.clock().nanos() - start, least);

      memory.drop();
      start = store.clock().nanos();
      int wrong = 0;
      for (int i = 0; i < BYTES; i++) {
        wrong += bytes.get(i) == value(i) ? 0 : 1;
      }
      memory.flush();
      check("read", store.clock().nanos() - start, least);
      assertEquals(0, wrong);
    }
  }

  private static byte value(int index) {
    return (byte) (index * 31 >> 3);
  }

  private static void check(String what, double nanos, double least) {
    double share = BYTES * 8e9 / HZ / nanos;
    assertTrue(share >= least && share < 1, () -> "data is " + share + " of what was " + what);
  }
}
