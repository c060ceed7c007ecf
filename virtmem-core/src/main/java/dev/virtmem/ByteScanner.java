package dev.virtmem;

import java.lang.foreign.MemorySegment;

/**
 * Reads bytes one behind the other through a small buffer. It fetches up to multiples of 32, 64,
 * 128, then 256 bytes, so that it never reads far ahead, never beyond the memory's end, and into
 * another page only once it gets there.
 */
final class ByteScanner {
  private static final int FIRST = 32;
  private static final int LARGEST = 256;

  private final Memory memory;
  private final long end;
  private final byte[] bytes = new byte[LARGEST];
  private final MemorySegment segment = MemorySegment.ofArray(bytes);
  private long next;
  private int size = FIRST;
  private int at;
  private int filled;

  /** Scans from a pointer on, at most {@code bound} bytes. */
  ByteScanner(Pointer start, long bound) {
    if (bound < 0) {
      throw new IllegalArgumentException("a bound must be at least 0, got " + bound);
    }
    this.memory = start.memory;
    this.next = start.address;
    this.end = next + Math.min(bound, Math.max(0, memory.end() - next));
    AddressRange.check(memory, next, Math.min(bound, 1));
  }

  /** Returns the next byte, 0 to 255, or -1 at the bound or the memory's end. */
  int next() {
    if (at == filled && !fetch()) {
      return -1;
    }
    return Byte.toUnsignedInt(bytes[at++]);
  }

  private boolean fetch() {
    if (next == end) {
      return false;
    }
    filled = (int) Math.min(size - (next & (size - 1)), end - next);
    memory.read(next, segment.asSlice(0, filled));
    next += filled;
    at = 0;
    size = Math.min(2 * size, LARGEST);
    return true;
  }
}
