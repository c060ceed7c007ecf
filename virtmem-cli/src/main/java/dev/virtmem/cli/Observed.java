package dev.virtmem.cli;

import java.util.List;
import java.util.OptionalInt;

/**
 * All that the tests of a store have found.
 *
 * @param capacity of the store, in bytes
 * @param evidence of the tests but the one of the clocks
 * @param clocks results at each clock, from the lowest up; empty if the store has none
 * @param hz the clock that the user would have, in Hz, 0 if the store has none
 * @param testedHz the clock at which the evidence was found, likewise
 * @param answersAgain whether the device answered once more after it was opened anew
 * @param lost how many bytes could not be put back
 */
record Observed(
    long capacity,
    Evidence evidence,
    List<ClockResult> clocks,
    int hz,
    int testedHz,
    boolean answersAgain,
    long lost) {

  boolean hasClock() {
    return hz > 0;
  }

  /** Returns the highest clock up to which all is well. */
  OptionalInt safe() {
    return ClockMargin.safe(clocks);
  }

  /** Returns the clock to use. */
  OptionalInt advised() {
    return ClockMargin.advised(clocks);
  }
}
