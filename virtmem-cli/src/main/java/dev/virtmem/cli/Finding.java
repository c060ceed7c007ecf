package dev.virtmem.cli;

import java.util.List;

/**
 * What is wrong with a store, most likely.
 *
 * @param cause the kind of fault
 * @param text a sentence or two for the user
 * @param advice what to do, a sentence each, in the order in which to try
 */
record Finding(Cause cause, String text, List<String> advice) {

  /** Kinds of faults, the gravest first. */
  enum Cause {
    CLOCK,
    FAILS,
    SILENT,
    DATA_LINE,
    ADDRESS_LINE,
    BUS,
    CELLS,
    FAILS_AT_TIMES,
    DRIVER,
    UNEXPLAINED,
    NOT_RESTORED
  }
}
