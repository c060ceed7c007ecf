package dev.virtmem.serial;

import java.io.IOException;

/** Collects answers, so that many short ones go out in one write. */
final class Output {
  /** The longest answer that a device of the C++ library asks for: it goes out in one piece. */
  private final byte[] buffer = new byte[32 << 10];

  private int length;
  private ByteSink sink;

  /** Sets where bytes go from now on. What has not been flushed is forgotten. */
  void to(ByteSink newSink) {
    sink = newSink;
    length = 0;
  }

  /** Makes room and returns the array to fill from {@link #at()} on. */
  byte[] room(int bytes) throws IOException {
    if (bytes > buffer.length - length) {
      flush();
    }
    return buffer;
  }

  int at() {
    return length;
  }

  /** Counts in bytes that were put into {@link #room}. */
  void added(int bytes) {
    length += bytes;
  }

  void put(int first, int second) throws IOException {
    room(2);
    buffer[length++] = (byte) first;
    buffer[length++] = (byte) second;
  }

  void put(int value) throws IOException {
    room(1);
    buffer[length++] = (byte) value;
  }

  void putU32(long value) throws IOException {
    LittleEndian.putU32(room(4), length, value);
    length += 4;
  }

  void flush() throws IOException {
    int count = length;
    length = 0;
    if (count > 0) {
      sink.write(buffer, 0, count);
    }
  }
}
