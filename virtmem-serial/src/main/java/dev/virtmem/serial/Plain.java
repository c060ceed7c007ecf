package dev.virtmem.serial;

/** The codes of the plain protocol, and the question whether the host knows the checked one. */
final class Plain {
  static final int START = 0xFF;

  static final int INIT = 0;
  static final int INIT_POOL = 1;
  static final int READ = 2;
  static final int WRITE = 3;
  static final int INPUT_AVAILABLE = 4;
  static final int INPUT_REQUEST = 5;
  static final int INPUT_PEEK = 6;
  static final int PING = 7;

  /** The largest transfer that a device of the C++ library makes, with room to spare, in bytes. */
  static final int LARGEST_READ = 64 << 10;

  private static final byte[] QUESTION = {
    -1,
    (byte) 0xF6,
    -1,
    (byte) 0xE9,
    -1,
    (byte) 0xF2,
    -1,
    (byte) 0xF4,
    -1,
    (byte) 0xED,
    -1,
    (byte) 0xE5,
    -1,
    (byte) 0xED
  };

  private Plain() {}

  /** Returns a copy of the question: commands that a plain host ignores. */
  static byte[] question() {
    return QUESTION.clone();
  }

  /** Returns the code of the question's command {@code i}, or -1 after the last. */
  static int questionCode(int i) {
    return 2 * i < QUESTION.length ? QUESTION[2 * i + 1] & 0xFF : -1;
  }

  /** Returns the number of bytes that follow a code, the data of a write not included. */
  static int argumentBytes(int code) {
    return switch (code) {
      case INIT_POOL, INPUT_REQUEST -> 4;
      case READ, WRITE -> 8;
      default -> 0;
    };
  }
}
