package dev.virtmem.struct;

import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Keeps one buffer for whole records. A thread, or a record's constructor, that finds it taken gets
 * a new one, and the last one given back stays.
 */
final class RecordBuffers {
  private final int size;
  private final AtomicReference<Buffer> spare = new AtomicReference<>();

  RecordBuffers(int size) {
    this.size = size;
  }

  Buffer take() {
    Buffer buffer = spare.getAndSet(null);
    if (buffer != null) {
      return buffer;
    }
    byte[] bytes = new byte[size];
    return new Buffer(bytes, MemorySegment.ofArray(bytes));
  }

  void give(Buffer buffer) {
    spare.setRelease(buffer);
  }

  /**
   * A buffer.
   *
   * @param bytes its bytes
   * @param segment the same bytes
   */
  record Buffer(byte[] bytes, MemorySegment segment) {}
}
