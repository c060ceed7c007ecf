package dev.virtmem.spiram;

/**
 * Arrays for transfers, reused by their exact length, the most recently used first: Pi4J's
 * providers are only reliable with arrays of exactly the size of the transfer, and a page cache
 * asks for the same few lengths again and again.
 *
 * <p>Keeps at most 64 arrays and at most 8 KiB in them, or a single one if that is larger.
 */
final class TransferArrays {
  private static final int MAX_ARRAYS = 64;
  private static final int MAX_BYTES = 8192;

  private final byte[][] arrays = new byte[MAX_ARRAYS][];
  private int count;
  private int bytes;

  /**
   * Returns an array. It may be handed out again at the next call.
   *
   * @param length its exact length in bytes
   * @return an array with any contents
   */
  byte[] ofLength(int length) {
    for (int i = 0; i < count; i++) {
      byte[] array = arrays[i];
      if (array.length == length) {
        System.arraycopy(arrays, 0, arrays, 1, i);
        arrays[0] = array;
        return array;
      }
    }
    while (count == MAX_ARRAYS || count > 0 && bytes + length > MAX_BYTES) {
      bytes -= arrays[--count].length;
      arrays[count] = null;
    }
    System.arraycopy(arrays, 0, arrays, 1, count++);
    bytes += length;
    return arrays[0] = new byte[length];
  }

  /**
   * Returns the size of all arrays that are kept.
   *
   * @return bytes, without the headers of the arrays
   */
  int bytes() {
    return bytes;
  }
}
