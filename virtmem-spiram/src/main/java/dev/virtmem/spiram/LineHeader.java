package dev.virtmem.spiram;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The mark of a chip that is divided for {@link Verification#CRC}, the data of its header lines:
 *
 * <pre>
 *  0   "virtmem crc"  11 bytes
 *  11  format         1 byte, 1
 *  12  k              4 bytes, most significant first
 *  16  m              4 bytes
 *  20  slots          4 bytes
 *  24  zeros
 * </pre>
 */
final class LineHeader {
  private static final byte[] MARK = "virtmem crc\1".getBytes(StandardCharsets.US_ASCII);

  private LineHeader() {}

  static byte[] of(LineLayout layout) {
    return ByteBuffer.allocate(Lines.DATA)
        .put(MARK)
        .putInt(layout.regions())
        .putInt(layout.lines())
        .putInt(layout.slots())
        .array();
  }

  static boolean isHeader(byte[] bytes, int at) {
    return Arrays.equals(bytes, at, at + MARK.length, MARK, 0, MARK.length);
  }

  /** Returns the layout that a header says. */
  static LineLayout layout(byte[] bytes, int at) {
    var numbers = ByteBuffer.wrap(bytes, at + MARK.length, 12);
    return new LineLayout(numbers.getInt(), numbers.getInt(), numbers.getInt());
  }
}
