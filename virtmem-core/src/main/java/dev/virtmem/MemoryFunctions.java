package dev.virtmem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/**
 * Copies, fills and compares ranges of bytes: within a memory, between two memories, and between a
 * memory and a {@link MemorySegment} of ordinary memory. What {@code memcpy}, {@code memmove},
 * {@code memset} and {@code memcmp} do in C. {@link CStrings} has the functions for strings.
 *
 * <p>Lengths are in bytes. Ranges are checked before anything is written; one that is not wholly
 * inside of its memory gives {@link InvalidAddressException}, a negative length {@link
 * IllegalArgumentException}. Two virtual memories exchange bytes through a buffer of 256 bytes, and
 * comparing uses two of them; nothing else needs a buffer.
 */
public final class MemoryFunctions {
  private static final int FIRST = 32;
  private static final int CHUNK = 256;

  private MemoryFunctions() {}

  /**
   * Copies a range. Ranges in one memory, or in one array, may overlap.
   *
   * @param from where the source starts
   * @param to where the target starts, also in another memory
   * @param length bytes, at least 0
   */
  public static void copy(Pointer from, Pointer to, long length) {
    AddressRange.check(from.memory, from.address, length);
    AddressRange.check(to.memory, to.address, length);
    if (from.memory == to.memory) {
      from.memory.copy(from.address, to.address, length);
    } else if (to.memory instanceof ArrayMemory array) {
      from.memory.read(from.address, array.segment(to.address, length));
    } else if (from.memory instanceof ArrayMemory array) {
      to.memory.write(to.address, array.segment(from.address, length));
    } else {
      copyInChunks(from, to, length);
    }
  }

  /**
   * Copies a range into ordinary memory.
   *
   * @param from where the source starts
   * @param to receives as many bytes as it is long
   */
  public static void copy(Pointer from, MemorySegment to) {
    from.memory.read(from.address, to);
  }

  /**
   * Copies a range from ordinary memory.
   *
   * @param from gives as many bytes as it is long
   * @param to where the target starts
   */
  public static void copy(MemorySegment from, Pointer to) {
    to.memory.write(to.address, from);
  }

  /**
   * Sets every byte of a range.
   *
   * @param start where the range starts
   * @param length bytes, at least 0
   * @param value the byte
   */
  public static void fill(Pointer start, long length, byte value) {
    start.memory.fill(start.address, length, value);
  }

  /**
   * Compares ranges by their first different byte, as unsigned numbers.
   *
   * @param a where a range starts
   * @param b where the other one starts, also in another memory
   * @param length bytes of each, at least 0
   * @return less than, equal to, or more than 0
   */
  public static int compare(Pointer a, Pointer b, long length) {
    long at = mismatch(a, b, length);
    return at < 0 ? 0 : Byte.compareUnsigned(byteAt(a, at), byteAt(b, at));
  }

  /**
   * Compares a range with ordinary memory by their first different byte, as unsigned numbers.
   *
   * @param a where the range starts
   * @param b as many bytes as are compared
   * @return less than, equal to, or more than 0
   */
  public static int compare(Pointer a, MemorySegment b) {
    long at = mismatch(a, b);
    return at < 0 ? 0 : Byte.compareUnsigned(byteAt(a, at), b.get(ValueLayout.JAVA_BYTE, at));
  }

  /**
   * Finds where ranges differ.
   *
   * @param a where a range starts
   * @param b where the other one starts, also in another memory
   * @param length bytes of each, at least 0
   * @return bytes before the first difference, or -1 if there is none
   */
  public static long mismatch(Pointer a, Pointer b, long length) {
    AddressRange.check(a.memory, a.address, length);
    AddressRange.check(b.memory, b.address, length);
    return a.equals(b) ? -1 : mismatch(source(a), source(b), length);
  }

  /**
   * Finds where a range and ordinary memory differ.
   *
   * @param a where the range starts
   * @param b as many bytes as are compared
   * @return bytes before the first difference, or -1 if there is none
   */
  public static long mismatch(Pointer a, MemorySegment b) {
    AddressRange.check(a.memory, a.address, b.byteSize());
    return mismatch(
        source(a), (at, part) -> part.copyFrom(b.asSlice(at, part.byteSize())), b.byteSize());
  }

  /** Copies between memories that have nothing in common. */
  static void copyInChunks(Pointer from, Pointer to, long length) {
    MemorySegment buffer = MemorySegment.ofArray(new byte[(int) Math.min(CHUNK, length)]);
    for (long at = 0; at < length; at += CHUNK) {
      MemorySegment part = buffer.asSlice(0, Math.min(CHUNK, length - at));
      from.memory.read(from.address + at, part);
      to.memory.write(to.address + at, part);
    }
  }

  /** Compares in chunks that grow, since most ranges differ early or not at all. */
  private static long mismatch(Source a, Source b, long length) {
    MemorySegment left = MemorySegment.ofArray(new byte[(int) Math.min(CHUNK, length)]);
    MemorySegment right = MemorySegment.ofArray(new byte[(int) Math.min(CHUNK, length)]);
    long at = 0;
    for (int size = FIRST; at < length; size = Math.min(2 * size, CHUNK)) {
      MemorySegment x = left.asSlice(0, Math.min(size, length - at));
      MemorySegment y = right.asSlice(0, x.byteSize());
      a.read(at, x);
      b.read(at, y);
      long difference = x.mismatch(y);
      if (difference >= 0) {
        return at + difference;
      }
      at += x.byteSize();
    }
    return -1;
  }

  private static Source source(Pointer start) {
    return (at, part) -> start.memory.read(start.address + at, part);
  }

  private static byte byteAt(Pointer start, long offset) {
    return start.memory.getByte(start.address + offset);
  }

  /** A range that is read piece by piece. */
  private interface Source {
    void read(long at, MemorySegment part);
  }
}
