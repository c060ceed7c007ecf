package dev.virtmem.cli;

import dev.virtmem.sim.SimulatedChipStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.CountingStore;

/** The time that the transfers of a store take, by the best source that there is for it. */
final class DeviceTime {
  private final SimulatedChipStore simulated;
  private final CountingStore counted;
  private final double start;

  /**
   * Starts at zero.
   *
   * @param store the device
   * @param counted counts what goes to it
   */
  DeviceTime(BackingStore store, CountingStore counted) {
    this.simulated = store instanceof SimulatedChipStore chip ? chip : null;
    this.counted = counted;
    this.start = now();
  }

  private double now() {
    return simulated != null ? simulated.clock().seconds() : counted.modelledSeconds();
  }

  /** Returns the time so far in seconds. */
  double seconds() {
    return now() - start;
  }

  /** Returns whose time it is. */
  String source() {
    return simulated != null ? "simulated wire" : "store's cost figures";
  }
}
