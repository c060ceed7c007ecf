package dev.virtmem.cli;

/**
 * Wrong bits of a transfer.
 *
 * @param count how many
 * @param errors how many events they come from: four wrong bytes in a row, as a damaged address
 *     leaves them, are one, other wrong bits one each
 */
record Bits(long count, long errors) {
  private static final int ROW = 4;

  /** Returns the bits that are set in an array. */
  static Bits of(byte[] wrong) {
    long count = 0;
    long errors = 0;
    long inRow = 0;
    int row = 0;
    int last = -2;
    for (int i = 0; i < wrong.length; i++) {
      if (wrong[i] == 0) {
        continue;
      }
      // A byte that is right by chance does not end a row.
      if (i - last > 2) {
        errors += row >= ROW ? 1 : inRow;
        row = 0;
        inRow = 0;
      }
      row++;
      last = i;
      int bits = Integer.bitCount(wrong[i] & 0xFF);
      inRow += bits;
      count += bits;
    }
    return new Bits(count, errors + (row >= ROW ? 1 : inRow));
  }

  static byte[] xor(byte[] a, byte[] b) {
    var result = a.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] ^= b[i];
    }
    return result;
  }

  static byte[] and(byte[] a, byte[] b) {
    var result = a.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] &= b[i];
    }
    return result;
  }

  static byte[] not(byte[] a) {
    var result = a.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) ~result[i];
    }
    return result;
  }

  /** Returns for each bit what two or all of three arrays say. */
  static byte[] majority(byte[] a, byte[] b, byte[] c) {
    var result = a.clone();
    for (int i = 0; i < result.length; i++) {
      result[i] = (byte) (a[i] & b[i] | a[i] & c[i] | b[i] & c[i]);
    }
    return result;
  }

  /** Returns the index of the first byte that is not 0, or -1. */
  static int first(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      if (bytes[i] != 0) {
        return i;
      }
    }
    return -1;
  }
}
