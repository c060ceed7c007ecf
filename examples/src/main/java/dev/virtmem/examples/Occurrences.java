package dev.virtmem.examples;

import java.util.Locale;

/**
 * Where a word occurs in a text, in figures that two ways of counting can be compared by.
 *
 * @param count how often
 * @param first the smallest position, in bytes
 * @param last the largest one
 * @param sum all positions together
 */
record Occurrences(long count, long first, long last, long sum) {
  static final Occurrences NONE = new Occurrences(0, Long.MAX_VALUE, -1, 0);

  /** Returns these and one more, in any order. */
  Occurrences and(long position) {
    return new Occurrences(
        count + 1, Math.min(first, position), Math.max(last, position), sum + position);
  }

  @Override
  public String toString() {
    return count == 0
        ? "nowhere"
        : String.format(Locale.ROOT, "%,d times, first at %,d, last at %,d", count, first, last);
  }
}
