package dev.virtmem.cli;

import java.util.Arrays;

/**
 * Writes patterns in which each bit is 0 and 1 three times, alone and together with its neighbours,
 * and so finds bits that are stuck.
 */
final class Cells {
  /** How many patterns there are, and so how often a byte is written and read. */
  static final int PATTERNS = 6;

  private final Probe probe;
  private final Evidence evidence;

  Cells(Probe probe, Evidence evidence) {
    this.probe = probe;
    this.evidence = evidence;
  }

  /**
   * Tests a range.
   *
   * @return whether all that was wrong for good is known as a stuck bit now
   */
  boolean test(long offset, int length) {
    var zeros = ones(length);
    var ones = ones(length);
    var others = new byte[PATTERNS][];
    var patterns = patterns(length);
    probe.in(
        offset,
        length,
        () -> {
          for (int i = 0; i < PATTERNS; i++) {
            byte[] wrong = probe.roundTrip(offset, patterns[i]);
            others[i] = wrong;
            for (int at = 0; at < length; at++) {
              // A bit that is always 0 is wrong where it should be 1, and right where it is 0.
              zeros[at] &= (byte) ~(wrong[at] ^ patterns[i][at]);
              ones[at] &= (byte) (wrong[at] ^ patterns[i][at]);
            }
          }
        });
    boolean explained = true;
    for (int at = 0; at < length; at++) {
      evidence.stuckBits().add(offset + at, zeros[at] & 0xFF, ones[at] & 0xFF);
      for (int i = 0; i < PATTERNS && explained; i++) {
        int rest = others[i][at] & ~(zeros[at] | ones[at]);
        if (rest != 0) {
          explained = false;
          evidence.unexplained(Probe.mismatch(offset, patterns[i], others[i], at));
        }
      }
    }
    return explained;
  }

  private static byte[] ones(int length) {
    var bytes = new byte[length];
    Arrays.fill(bytes, (byte) 0xFF);
    return bytes;
  }

  private static byte[][] patterns(int length) {
    var patterns = new byte[PATTERNS][length];
    int[] values = {0x00, 0xFF, 0x55, 0xAA};
    for (int i = 0; i < values.length; i++) {
      Arrays.fill(patterns[i], (byte) values[i]);
    }
    for (int i = 0; i < length; i++) {
      patterns[4][i] = (byte) (1 << (i & 7));
      patterns[5][i] = (byte) ~(1 << (i & 7));
    }
    return patterns;
  }
}
