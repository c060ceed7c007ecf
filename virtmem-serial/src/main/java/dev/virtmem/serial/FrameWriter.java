package dev.virtmem.serial;

import java.util.zip.CRC32C;

/**
 * Builds frames of the checked protocol: {@link #start}, then the body, then {@link #finish}. One
 * frame at a time; not safe for use by several threads.
 */
final class FrameWriter {
  /** Type, number and CRC, in bytes. */
  static final int OVERHEAD = 7;

  private static final int RUN = 254;
  private static final byte[] NOTHING = {};

  private final byte[] raw;
  private final byte[] session = new byte[8];
  private final CRC32C crc = new CRC32C();
  private int length;

  /** Creates a writer for frames with bodies of up to {@code maxBody} bytes. */
  FrameWriter(int maxBody) {
    raw = new byte[maxBody + OVERHEAD];
  }

  /** Returns the most bytes that a frame with so large a body takes on the line. */
  static int encodedLength(int body) {
    int plain = body + OVERHEAD;
    return plain + plain / RUN + 2;
  }

  FrameWriter start(int type, int number) {
    raw[0] = (byte) type;
    LittleEndian.putU16(raw, 1, number);
    length = 3;
    return this;
  }

  /** Starts an answer to a SHORT READ, which has no number. */
  FrameWriter startShort(int type) {
    raw[0] = (byte) type;
    length = 1;
    return this;
  }

  FrameWriter u8(int value) {
    raw[length++] = (byte) value;
    return this;
  }

  FrameWriter u16(int value) {
    LittleEndian.putU16(raw, length, value);
    length += 2;
    return this;
  }

  FrameWriter u32(long value) {
    LittleEndian.putU32(raw, length, value);
    length += 4;
    return this;
  }

  FrameWriter u64(long value) {
    LittleEndian.putU64(raw, length, value);
    length += 8;
    return this;
  }

  FrameWriter bytes(byte[] source, int from, int count) {
    System.arraycopy(source, from, raw, length, count);
    length += count;
    return this;
  }

  /** Returns the array that is being filled, for a producer that writes into it by itself. */
  byte[] array() {
    return raw;
  }

  /** Reserves bytes of the body and returns the index of the first in {@link #array()}. */
  int reserve(int count) {
    int at = length;
    length += count;
    return at;
  }

  /**
   * Adds the CRC and encodes the frame with its end.
   *
   * @return the number of bytes written to {@code target}, at most {@link #encodedLength} of the
   *     body
   */
  int finish(long sessionId, byte[] target, int from) {
    return finish(sessionId, NOTHING, 0, target, from);
  }

  /** The same for the answer to a SHORT READ, whose CRC covers the request before it. */
  int finish(long sessionId, byte[] request, int requestLength, byte[] target, int from) {
    LittleEndian.putU64(session, 0, sessionId);
    crc.reset();
    crc.update(session, 0, session.length);
    crc.update(request, 0, requestLength);
    crc.update(raw, 0, length);
    u32(crc.getValue());
    return encode(raw, length, target, from);
  }

  /** Encodes by COBS: each run of bytes without a zero is preceded by its length plus one. */
  static int encode(byte[] source, int length, byte[] target, int from) {
    int at = from;
    int start = 0;
    boolean more = true;
    while (more) {
      int end = start;
      int limit = Math.min(length, start + RUN);
      while (end < limit && source[end] != 0) {
        end++;
      }
      int run = end - start;
      target[at] = (byte) (run + 1);
      System.arraycopy(source, start, target, at + 1, run);
      at += run + 1;
      boolean zero = run < RUN && end < length;
      start = zero ? end + 1 : end;
      more = zero || start < length;
    }
    target[at++] = 0;
    return at - from;
  }
}
