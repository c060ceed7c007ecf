package dev.virtmem.sim;

/**
 * What goes wrong on a simulated line.
 *
 * @param flips how many of a million bytes arrive with one bit changed, at least 0
 * @param drops how many of a million bytes do not arrive
 * @param duplicates how many of a million bytes arrive twice
 * @param stalls how many of a million packets are held up, with all that follow
 * @param stallNanos for how long, in ns
 * @param cutNanos mean time between cuts of the line, in ns; 0 for none. Each takes from half of
 *     that to one and a half times that to come
 * @param downNanos how long the line stays cut, in ns
 * @param seed decides when and where
 */
public record LineFaults(
    int flips,
    int drops,
    int duplicates,
    int stalls,
    long stallNanos,
    long cutNanos,
    long downNanos,
    long seed) {

  /** Nothing goes wrong. */
  public static final LineFaults NONE = new LineFaults(0, 0, 0, 0, 0, 0, 0, 1);

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if one is negative, or faults hit more than every second byte
   */
  public LineFaults {
    if (Math.min(Math.min(flips, drops), Math.min(duplicates, stalls)) < 0
        || Math.min(stallNanos, Math.min(cutNanos, downNanos)) < 0
        || (long) flips + drops + duplicates > 500_000
        || stalls > 1_000_000) {
      throw new IllegalArgumentException(
          "faults are counts of a million, at most half of it together, and times, none negative");
    }
  }

  /**
   * Returns a line that flips, drops and duplicates bytes alike.
   *
   * @param each how many of a million bytes, for each of the three
   * @param seed decides which
   * @return the faults
   */
  public static LineFaults noise(int each, long seed) {
    return new LineFaults(each, each, each, 0, 0, 0, 0, seed);
  }

  /**
   * Adds cuts.
   *
   * @param meanNanos mean time between them, in ns; 0 for none
   * @param newDownNanos how long the line stays cut, in ns
   * @return the faults
   */
  public LineFaults cuts(long meanNanos, long newDownNanos) {
    return new LineFaults(
        flips, drops, duplicates, stalls, stallNanos, meanNanos, newDownNanos, seed);
  }
}
