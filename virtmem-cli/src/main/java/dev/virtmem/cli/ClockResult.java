package dev.virtmem.cli;

import java.util.Optional;

/**
 * How a store does at a clock.
 *
 * @param hz the clock, in Hz
 * @param bits how many were moved, both ways
 * @param wrongBits how many of them came back wrong, without those that are wrong at any clock
 * @param errors the events that they come from, see {@link Bits}
 * @param failure what the store reported when it could not be opened or failed, or nothing
 */
record ClockResult(int hz, long bits, long wrongBits, long errors, Optional<String> failure) {

  boolean passed() {
    return wrongBits == 0 && failure.isEmpty();
  }
}
