package dev.virtmem;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Strings as in C: bytes up to a zero byte, in memories of any kind, also of different kinds. What
 * {@code strlen}, {@code strnlen}, {@code strcpy}, {@code strncpy}, {@code strcmp} and {@code
 * strncmp} do.
 *
 * <p>A string whose memory ends before a zero byte, as far as it has to be looked at, gives {@link
 * InvalidAddressException}, as does a null pointer. Looking for the zero reads at most 255 bytes
 * beyond it, and uses a buffer of 256 bytes.
 */
public final class CStrings {
  /** Bytes that fit into an array. */
  private static final int LONGEST = Integer.MAX_VALUE - 8;

  private CStrings() {}

  /**
   * Returns the length of a string.
   *
   * @param string its first byte
   * @return bytes before the zero
   */
  public static long length(Pointer string) {
    return length(string, Long.MAX_VALUE);
  }

  /**
   * Returns the length of a string, looking at no more than a number of bytes.
   *
   * @param string its first byte
   * @param bound bytes, at least 0
   * @return bytes before the zero, or {@code bound} if there is no zero among them
   * @throws IllegalArgumentException if the bound is negative
   */
  public static long length(Pointer string, long bound) {
    ByteScanner scanner = new ByteScanner(string, bound);
    for (long length = 0; length < bound; length++) {
      if (next(scanner, string) == 0) {
        return length;
      }
    }
    return bound;
  }

  /**
   * Copies a string with its zero. The ranges may overlap. Nothing is written if it does not fit
   * into the target's memory.
   *
   * @param from the source
   * @param to the target
   * @return the length of the string, without the zero
   */
  public static long copy(Pointer from, Pointer to) {
    long length = length(from);
    MemoryFunctions.copy(from, to, length + 1);
    return length;
  }

  /**
   * Writes exactly {@code size} bytes: those of the string, without its zero, and zeros behind
   * them. As with {@code strncpy}, a string of {@code size} bytes or more is cut and has no zero
   * behind it. The ranges may overlap.
   *
   * @param from the source
   * @param to the target
   * @param size bytes, at least 0
   * @return how many bytes came from the string
   * @throws IllegalArgumentException if the size is negative
   */
  public static long copy(Pointer from, Pointer to, long size) {
    long length = length(from, size);
    AddressRange.check(to.memory, to.address, size);
    MemoryFunctions.copy(from, to, length);
    to.memory.fill(to.address + length, size - length, (byte) 0);
    return length;
  }

  /**
   * Compares strings by their bytes, as unsigned numbers.
   *
   * @param a a string
   * @param b another one, also in another memory
   * @return less than, equal to, or more than 0
   */
  public static int compare(Pointer a, Pointer b) {
    return compare(a, b, Long.MAX_VALUE);
  }

  /**
   * Compares the beginnings of strings by their bytes, as unsigned numbers.
   *
   * @param a a string
   * @param b another one, also in another memory
   * @param bound how many bytes to compare at most, at least 0
   * @return less than, equal to, or more than 0
   * @throws IllegalArgumentException if the bound is negative
   */
  public static int compare(Pointer a, Pointer b, long bound) {
    ByteScanner left = new ByteScanner(a, bound);
    ByteScanner right = new ByteScanner(b, bound);
    for (long i = 0; i < bound; i++) {
      int x = next(left, a);
      int y = next(right, b);
      if (x != y || x == 0) {
        return x - y;
      }
    }
    return 0;
  }

  /**
   * Reads a string in UTF-8. Malformed bytes become U+FFFD, as in {@link String}.
   *
   * @param string its first byte
   * @return the string
   * @throws IllegalArgumentException if it has more than 2,147,483,639 bytes
   */
  public static String read(Pointer string) {
    return decode(string, length(string));
  }

  /**
   * Reads a string in UTF-8 from a field of a fixed size, which it may fill without a zero.
   *
   * @param string its first byte
   * @param bound bytes of the field, at least 0
   * @return the string, up to a zero byte or the end of the field
   * @throws IllegalArgumentException if the bound is negative, or the string has more than
   *     2,147,483,639 bytes
   */
  public static String read(Pointer string, int bound) {
    return decode(string, length(string, bound));
  }

  private static String decode(Pointer string, long length) {
    if (length > LONGEST) {
      throw new IllegalArgumentException(
          "the string at %d has %d bytes, more than %d".formatted(string.address, length, LONGEST));
    }
    byte[] bytes = new byte[(int) length];
    MemoryFunctions.copy(string, MemorySegment.ofArray(bytes));
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /**
   * Writes a string in UTF-8, and a zero byte.
   *
   * @param to where
   * @param string the string
   * @param capacity how many bytes it may take, with the zero
   * @return how many bytes it took, with the zero
   * @throws IllegalArgumentException if it needs more bytes, or has a zero character or half of a
   *     surrogate pair; then nothing is written
   */
  public static int write(Pointer to, String string, long capacity) {
    if (string.indexOf(0) >= 0) {
      throw new IllegalArgumentException(
          "a zero character at index %d would end the string".formatted(string.indexOf(0)));
    }
    ByteBuffer encoded = encode(string);
    int size = encoded.remaining() + 1;
    if (size > capacity) {
      throw new IllegalArgumentException(
          "a string of %d bytes in UTF-8 with its zero, at most %d fit".formatted(size, capacity));
    }
    byte[] bytes = new byte[size];
    encoded.get(bytes, 0, size - 1);
    MemoryFunctions.copy(MemorySegment.ofArray(bytes), to);
    return size;
  }

  private static ByteBuffer encode(String string) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(string));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException(
          "the string has half of a surrogate pair, which UTF-8 cannot hold", e);
    }
  }

  private static int next(ByteScanner scanner, Pointer string) {
    int next = scanner.next();
    if (next < 0) {
      throw new InvalidAddressException(
          "the string at %d has no zero byte before the memory ends at %d"
              .formatted(string.address, string.memory.end()));
    }
    return next;
  }
}
