package dev.virtmem.bench.serial;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/**
 * What a device of the plain protocol does in one round trip with {@code n} bytes of data: it sends
 * commands in one go, and waits for the answer.
 */
enum Operation {
  /** A read command; the data come. */
  READ("read"),

  /** A write command with the data, and a ping. */
  WRITE("write, ping"),

  /** A write command with the data, and a read command for the same range. */
  WRITE_READ("write, read back");

  /** Bytes of a read command, and of a write command before its data. */
  static final int HEADER = 10;

  private static final int INIT_POOL_CODE = 1;
  private static final int READ_CODE = 2;
  private static final int WRITE_CODE = 3;
  private static final int PING_CODE = 7;
  private static final ValueLayout.OfInt U32 =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  private static final ValueLayout.OfShort U16 =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private final String title;

  Operation(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Returns how many bytes the device sends. */
  int up(int n) {
    return switch (this) {
      case READ -> HEADER;
      case WRITE -> HEADER + n + 2;
      case WRITE_READ -> HEADER + n + HEADER;
    };
  }

  /** Returns how many bytes the host answers. */
  int down(int n) {
    return this == WRITE ? 2 : n;
  }

  /** Returns how many bytes of data are moved, both ways together. */
  int data(int n) {
    return this == WRITE_READ ? 2 * n : n;
  }

  /** Fills in what the device sends; the data are {@code n} bytes of the source. */
  void compose(MemorySegment up, int offset, int n, MemorySegment source, int from) {
    command(up, 0, this == READ ? READ_CODE : WRITE_CODE, offset);
    up.set(U32, 6, n);
    if (this != READ) {
      MemorySegment.copy(source, from, up, HEADER, n);
    }
    if (this == WRITE) {
      command(up, HEADER + n, PING_CODE);
    } else if (this == WRITE_READ) {
      command(up, HEADER + n, READ_CODE, offset);
      up.set(U32, HEADER + n + 6, n);
    }
  }

  /** Fills in what a device starts with: 8 bytes, of which the first 2 are answered. */
  static void composeStart(MemorySegment up, int poolBytes) {
    command(up, 0, 0);
    command(up, 2, INIT_POOL_CODE, poolBytes);
  }

  private static void command(MemorySegment up, int at, int code) {
    up.set(U16, at, (short) (code << 8 | 0xFF));
  }

  private static void command(MemorySegment up, int at, int code, int argument) {
    command(up, at, code);
    up.set(U32, at + 2, argument);
  }
}
