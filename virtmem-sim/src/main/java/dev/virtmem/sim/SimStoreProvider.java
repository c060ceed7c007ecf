package dev.virtmem.sim;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;

/**
 * Opens {@code sim:PART}, for instance {@code sim:23LC1024?hz=20000000&gap=15000&seed=1}: a {@link
 * SimulatedChipStore}. Parameters: {@code hz}, the clock of the bus (20 MHz, or the part's limit if
 * that is lower); {@code gap}, what a host needs for each transfer, in ns (15,000); {@code seed},
 * what the chip holds at power-up (1).
 */
public final class SimStoreProvider implements StoreProvider {
  private static final int DEFAULT_HZ = 20_000_000;

  /** Creates the provider, for {@link java.util.ServiceLoader}. */
  public SimStoreProvider() {}

  @Override
  public String scheme() {
    return "sim";
  }

  @Override
  public String syntax() {
    return "sim:PART[?hz=HZ][&gap=NANOS][&seed=NUMBER]";
  }

  @Override
  public BackingStore open(StoreUri uri) {
    long gap = uri.number("gap", VirtualClock.DEFAULT_GAP_NANOS, 0, Integer.MAX_VALUE);
    long seed = uri.number("seed", 1, Long.MIN_VALUE, Long.MAX_VALUE);
    var chip = MemoryChip.byName(uri.rest(), seed);
    long hz = uri.number("hz", Math.min(DEFAULT_HZ, chip.maxHz()), 1, Integer.MAX_VALUE);
    uri.checkAllUsed();
    return SimulatedChipStore.open(chip, (int) hz, (int) gap);
  }
}
