package dev.virtmem.sim;

import java.util.SplittableRandom;

/**
 * Flips bits on a line, each with the same probability. Draws how far it is to the next flip, from
 * the geometric distribution, instead of a number for each bit: a line with few flips costs next to
 * nothing.
 *
 * <p>Not safe for use by several threads.
 */
final class BitFlips {
  private static final long NEVER = Long.MAX_VALUE;

  private final SplittableRandom random;
  private double rate;
  private long bitsToNext = NEVER;

  /**
   * Creates a line with no flips yet.
   *
   * @param random decides where the flips are; this object's own
   */
  BitFlips(SplittableRandom random) {
    this.random = random;
  }

  /** Sets the probability that a bit flips, 0 to 1, for the bits that follow. */
  void rate(double rate) {
    if (rate != this.rate) {
      this.rate = rate;
      bitsToNext = distance();
    }
  }

  /** Tells whether there is a flip among the next bytes. */
  boolean within(int bytes) {
    return bitsToNext < bytes * 8L;
  }

  /** Lets bytes pass. */
  void apply(byte[] bytes, int from, int length) {
    long bits = length * 8L;
    while (bitsToNext < bits) {
      bytes[from + (int) (bitsToNext >> 3)] ^= (byte) (0x80 >> (bitsToNext & 7));
      bitsToNext += 1 + distance();
    }
    if (bitsToNext != NEVER) {
      bitsToNext -= bits;
    }
  }

  /** Returns the number of bits that pass before the next flip. */
  private long distance() {
    if (rate == 0) {
      return NEVER;
    }
    // Inversion. The bound keeps sums far from an overflow.
    double bits = Math.log1p(-random.nextDouble()) / Math.log1p(-rate);
    return (long) Math.min(bits, NEVER / 2);
  }
}
