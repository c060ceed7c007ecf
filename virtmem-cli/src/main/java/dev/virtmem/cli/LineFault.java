package dev.virtmem.cli;

/**
 * A line of data or addresses that does not do its work.
 *
 * @param kind what is wrong
 * @param line its number, 0 for the least significant bit
 * @param other the line that it is tied to; else the line itself
 */
record LineFault(Kind kind, int line, int other) {

  /** What a line does. */
  enum Kind {
    /** It is always 0. */
    ZERO,
    /** It is always 1. */
    ONE,
    /** It has the value of another line. */
    COPY,
    /** It and another line are 1 only if both are. */
    AND,
    /** It and another line are 1 if one of them is. */
    OR,
    /** It has no effect: it is always 0, or always 1. */
    DEAD
  }

  static LineFault of(Kind kind, int line) {
    return new LineFault(kind, line, line);
  }
}
