package dev.virtmem.spiram;

import java.lang.ref.SoftReference;
import java.util.Arrays;

/**
 * Arrays for transfers, one for each length: Pi4J's providers are only reliable with arrays of
 * exactly the size of the transfer, and a page cache asks for the same lengths again and again.
 *
 * <p>They are softly reachable. What is kept here takes no memory from a program that needs it: the
 * JVM collects it before it runs out, as it would collect arrays that were made anew for each
 * transfer. At most {@value #MAX_BYTES} bytes are kept, or a single array that is longer: one array
 * of each length up to 4,096, the longest transfer that spidev takes by default. When more would
 * come together, all are dropped, and those that are still in use return one by one.
 */
final class TransferArrays {
  static final int MAX_BYTES = 4096 * 4097 / 2;

  private static final int ROW = 64;

  private static final class Kept extends SoftReference<byte[]> {
    Kept(byte[] array) {
      super(array);
    }
  }

  /** By length: rows of 64 lengths, made when one of them comes up. */
  private Kept[][] rows = {};

  /** Of all entries of the rows, also of those that the JVM has collected. */
  private int entryBytes;

  /**
   * Returns an array. It may be handed out again at the next call.
   *
   * @param length its exact length in bytes
   * @return an array with any contents
   */
  byte[] ofLength(int length) {
    Kept entry = entry(length);
    byte[] array = entry == null ? null : entry.get();
    if (array == null) {
      array = new byte[length];
      keep(array, entry == null ? length : 0);
    }
    return array;
  }

  private Kept entry(int length) {
    int row = length / ROW;
    return row < rows.length && rows[row] != null ? rows[row][length % ROW] : null;
  }

  /**
   * Makes an entry, or replaces one whose array was collected.
   *
   * @param more bytes by which the sum of all entries grows
   */
  private void keep(byte[] array, int more) {
    if (more > MAX_BYTES - entryBytes) {
      rows = new Kept[0][];
      entryBytes = 0;
    }
    int row = array.length / ROW;
    if (row >= rows.length) {
      rows = Arrays.copyOf(rows, row + 1);
    }
    if (rows[row] == null) {
      rows[row] = new Kept[ROW];
    }
    rows[row][array.length % ROW] = new Kept(array);
    entryBytes += more;
  }

  /**
   * Returns the size of all arrays that are kept and that the JVM has not collected.
   *
   * @return bytes, without the headers of the arrays
   */
  int bytes() {
    int bytes = 0;
    for (int length = 0; length < rows.length * ROW; length++) {
      Kept entry = entry(length);
      if (entry != null && !entry.refersTo(null)) {
        bytes += length;
      }
    }
    return bytes;
  }
}
