package dev.virtmem.serial;

import java.util.zip.CRC32C;

/**
 * Finds frames of the checked protocol in a stream of bytes. After {@code feed} said that one has
 * ended, {@link #decode} and {@link #isOf} check it; then its parts can be read until the next
 * feed. Not safe for use by several threads.
 */
final class FrameReader {
  private static final int BODY = 3;

  /** Type and CRC of the answer to a SHORT READ, in bytes. */
  private static final int SHORT_OVERHEAD = 5;

  private static final byte[] NOTHING = {};

  private final byte[] bytes;
  private final byte[] session = new byte[8];
  private final CRC32C crc = new CRC32C();
  private int collected;

  /** Of the decoded frame; -1 while a frame is being collected. */
  private int length = -1;

  /** Creates a reader for frames with bodies of up to {@code maxBody} bytes. */
  FrameReader(int maxBody) {
    bytes = new byte[FrameWriter.encodedLength(maxBody)];
  }

  /** Forgets what came of an unfinished frame. */
  void reset() {
    collected = 0;
  }

  /**
   * Takes bytes up to the end of a frame.
   *
   * @return the index behind the last byte taken; {@link #ended()} tells whether a frame ended
   *     there
   */
  int feed(byte[] source, int from, int end) {
    if (length >= 0) {
      length = -1;
      collected = 0;
    }
    int at = from;
    while (at < end) {
      byte next = source[at++];
      if (next == 0) {
        if (collected > 0) {
          length = 0;
          return at;
        }
      } else if (collected < bytes.length) {
        bytes[collected++] = next;
      }
    }
    return at;
  }

  /** Has the last {@code feed} stopped at the end of a frame? */
  boolean ended() {
    return length >= 0;
  }

  /** Is what ended all of what a device sends that starts over, a single FF? */
  boolean isInit() {
    return collected == 1 && bytes[0] == -1;
  }

  /**
   * Is what came, ended or not, the ping that a device sends behind its question, or the answer?
   */
  boolean isPing() {
    return collected == 2 && bytes[0] == -1 && bytes[1] == Plain.PING;
  }

  /** Is the frame long enough? Decodes it in place, so ask once. */
  boolean decode() {
    length = Math.max(0, collected < bytes.length ? unstuff() : 0);
    return length >= FrameWriter.OVERHEAD || isShortRead() || isShortAnswer();
  }

  boolean isShortRead() {
    return length >= FrameType.SHORT_LEAST && length <= FrameType.SHORT_MOST && isShort(0);
  }

  /** Returns how many bytes the decoded frame has, all in all. */
  int length() {
    return length;
  }

  /** Returns the offset that a SHORT READ has in its last bytes, as many as it needs. */
  long shortOffset() {
    long offset = 0;
    for (int i = length - 1; i >= 2; i--) {
      offset = offset << 8 | bytes[i] & 0xFF;
    }
    return offset;
  }

  /** Is the decoded frame the answer to a SHORT READ? */
  boolean isShortAnswer() {
    return length >= SHORT_OVERHEAD && isShort(FrameType.ANSWER);
  }

  private boolean isShort(int answer) {
    return (type() & ~FrameType.SHORT_TAGS) == (FrameType.SHORT_READ | answer);
  }

  /** Returns the number of bytes in the answer to a SHORT READ. */
  int shortLength() {
    return length - SHORT_OVERHEAD;
  }

  /** Does the CRC of the decoded frame fit this session? */
  boolean isOf(long sessionId) {
    return isOf(sessionId, NOTHING, 0);
  }

  /** Does the CRC of the decoded frame fit this session and the request that it answers? */
  boolean isOf(long sessionId, byte[] request, int requestLength) {
    LittleEndian.putU64(session, 0, sessionId);
    crc.reset();
    crc.update(session, 0, session.length);
    crc.update(request, 0, requestLength);
    crc.update(bytes, 0, length - 4);
    return crc.getValue() == LittleEndian.u32(bytes, length - 4);
  }

  private int unstuff() {
    int to = 0;
    int at = 0;
    while (at < collected) {
      int code = bytes[at++] & 0xFF;
      int run = code - 1;
      if (at + run > collected) {
        return -1;
      }
      System.arraycopy(bytes, at, bytes, to, run);
      at += run;
      to += run;
      if (code < 0xFF && at < collected) {
        bytes[to++] = 0;
      }
    }
    return to;
  }

  int type() {
    return bytes[0] & 0xFF;
  }

  int number() {
    return LittleEndian.u16(bytes, 1);
  }

  /** Returns the length of the body in bytes. */
  int bodyLength() {
    return length - FrameWriter.OVERHEAD;
  }

  /**
   * Returns the array that has the body from {@link #bodyStart()} on; valid until the next feed.
   */
  byte[] array() {
    return bytes;
  }

  int bodyStart() {
    return BODY;
  }

  int u8(int at) {
    return bytes[BODY + at] & 0xFF;
  }

  int u16(int at) {
    return LittleEndian.u16(bytes, BODY + at);
  }

  long u32(int at) {
    return LittleEndian.u32(bytes, BODY + at);
  }

  long u64(int at) {
    return LittleEndian.u64(bytes, BODY + at);
  }
}
