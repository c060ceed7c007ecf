package dev.virtmem.cli;

import dev.virtmem.store.StoreException;
import java.util.Optional;

/**
 * How a store does at a clock.
 *
 * @param hz the clock, in Hz
 * @param bits how many were moved, both ways
 * @param wrongBits how many of them came back wrong, without those that are wrong at any clock
 * @param errors the events that they come from, see {@link Bits}
 * @param failedTransfers how many the store reported as failed
 * @param failure what the store reported when it could not be opened or failed for good, or nothing
 */
record ClockResult(
    int hz,
    long bits,
    long wrongBits,
    long errors,
    long failedTransfers,
    Optional<String> failure) {

  /** Returns the result at a clock at which the store could not be opened. */
  static ClockResult closed(int hz, StoreException failure) {
    return new ClockResult(hz, 0, 0, 0, 0, Optional.of(failure.getMessage()));
  }

  boolean passed() {
    return wrongBits == 0 && failure.isEmpty();
  }
}
