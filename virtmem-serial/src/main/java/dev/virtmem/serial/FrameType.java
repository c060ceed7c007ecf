package dev.virtmem.serial;

/** The types of the frames of the checked protocol, and the codes of its errors. */
final class FrameType {
  static final int OPEN = 0x01;
  static final int RESUME = 0x02;
  static final int READ = 0x10;
  static final int WRITE = 0x11;
  static final int PING = 0x12;
  static final int PRINT = 0x13;
  static final int INPUT = 0x14;
  static final int CLOSE = 0x15;
  static final int READ_AT_ONCE = 0x16;
  static final int WRITE_SEVERAL = 0x17;
  static final int SYNC = 0x18;

  /** The first of the types of SHORT READ, which have its tag in their low bits. */
  static final int SHORT_READ = 0x40;

  static final int SHORT_TAGS = 0x1F;

  /** Type, length and offset of a SHORT READ, in bytes: the least and the most. */
  static final int SHORT_LEAST = 3;

  static final int SHORT_MOST = 6;

  static final int HELLO = 0x80;
  static final int MISSING = 0xFE;
  static final int ERROR = 0xFF;

  /** Added to the type of a request, it makes the type of its answer. */
  static final int ANSWER = 0x80;

  static final int VERSION = 1;

  /** The most bytes of data in a frame that our host takes. */
  static final int HOST_DATA = 1024;

  /** How many requests our host takes beyond the oldest that it misses. */
  static final int HOST_WINDOW = 64;

  /** The most bytes of a ping. */
  static final int PING_DATA = 64;

  static final int OUT_OF_RANGE = 1;
  static final int STORE_FAILED = 2;
  static final int REFUSED = 3;
  static final int NO_SESSION = 4;
  static final int MALFORMED = 5;

  private FrameType() {}
}
