package dev.virtmem.spiram;

import dev.virtmem.store.TransferBuffer;
import java.util.zip.CRC32C;

/**
 * A buffer of lines as they are on the chip: 64 bytes of data and a CRC-32C over the number of the
 * slot and the data, most significant byte first. Because of the number a line in another slot is
 * wrong, and so are lines of which all bits are 0 or all are 1 (a test goes through all numbers up
 * to 2<sup>22</sup>).
 *
 * <p>In front of the lines there is room for the four bytes that precede them on the chip, the
 * <em>witness</em>: see {@link LineTransfers}.
 */
final class Lines {
  /** Bytes of data in a line. */
  static final int DATA = 64;

  /** Bytes of a line on the chip. */
  static final int SIZE = DATA + 4;

  static final int WITNESS = 4;

  final byte[] bytes;
  private final TransferBuffer transfer;
  private final CRC32C crc = new CRC32C();

  Lines(int capacity) {
    bytes = new byte[at(capacity)];
    transfer = new TransferBuffer(bytes, 1);
  }

  /** Index of a line in {@link #bytes}. */
  static int at(int line) {
    return WITNESS + line * SIZE;
  }

  /** Where a slot is on the chip, in bytes. */
  static long offset(int slot) {
    return (long) slot * SIZE;
  }

  /** Returns what to transfer for the first lines, until the next call. */
  TransferBuffer first(int count) {
    return part(WITNESS, count * SIZE);
  }

  /** Returns what to transfer for the first lines and the witness, until the next call. */
  TransferBuffer firstWithWitness(int count) {
    return part(0, WITNESS + count * SIZE);
  }

  private TransferBuffer part(int from, int length) {
    transfer.clear();
    transfer.add(from, length);
    return transfer;
  }

  /** Gives a line the CRC of its data. */
  void seal(int line, int slot) {
    int value = crc(line, slot);
    int at = at(line) + DATA;
    bytes[at] = (byte) (value >>> 24);
    bytes[at + 1] = (byte) (value >>> 16);
    bytes[at + 2] = (byte) (value >>> 8);
    bytes[at + 3] = (byte) value;
  }

  /** Tells whether a line has the CRC of its data in that slot. */
  boolean isRight(int line, int slot) {
    int at = at(line) + DATA;
    int value =
        bytes[at] << 24
            | (bytes[at + 1] & 0xff) << 16
            | (bytes[at + 2] & 0xff) << 8
            | bytes[at + 3] & 0xff;
    return value == crc(line, slot);
  }

  private int crc(int line, int slot) {
    crc.reset();
    crc.update(slot >>> 24);
    crc.update(slot >>> 16);
    crc.update(slot >>> 8);
    crc.update(slot);
    crc.update(bytes, at(line), DATA);
    return (int) crc.getValue();
  }

  /**
   * Returns a number by which equal contents of the first lines and their witness are recognised.
   */
  int fingerprint(int count) {
    crc.reset();
    crc.update(bytes, 0, at(count));
    return (int) crc.getValue();
  }

  /** Takes a line over from another buffer. */
  void copy(int line, Lines source, int sourceLine) {
    System.arraycopy(source.bytes, at(sourceLine), bytes, at(line), SIZE);
  }
}
