package dev.virtmem.store;

import java.util.Arrays;
import java.util.Objects;

/**
 * The bytes of one transfer, in order: pieces of one array, gathered for a write or scattered by a
 * read. It lets a page cache move several pages in one transfer although their frames lie apart.
 *
 * <p>Pieces that touch are joined, so that a transfer to frames that happen to be neighbours has a
 * single piece. Not safe for use by several threads.
 */
public final class TransferBuffer {
  private static final int[] NONE = {};

  private final byte[] array;
  private int firstStart;

  /** The length of the first of several pieces. */
  private int firstLength;

  /** Start and length of each piece but the first; most transfers have but one. */
  private int[] others;

  private int pieces;
  private int length;

  /**
   * Creates an empty buffer over {@code array}, to which pieces are {@linkplain #add added}.
   *
   * @param array holds the bytes of all pieces; not copied
   * @param expectedPieces the number of pieces that fit without growing, at least 1
   */
  public TransferBuffer(byte[] array, int expectedPieces) {
    this.array = Objects.requireNonNull(array, "array");
    if (expectedPieces < 1) {
      throw new IllegalArgumentException(
          "expected pieces must be at least 1, got " + expectedPieces);
    }
    this.others = expectedPieces == 1 ? NONE : new int[2 * expectedPieces - 2];
  }

  /**
   * Returns a buffer of one piece: the whole array.
   *
   * @param array the bytes; not copied
   * @return a new buffer
   */
  public static TransferBuffer of(byte[] array) {
    return of(array, 0, array.length);
  }

  /**
   * Returns a buffer of one piece.
   *
   * @param array holds the bytes; not copied
   * @param from index of the first byte
   * @param length number of bytes, at least 0
   * @return a new buffer
   * @throws IndexOutOfBoundsException if the piece leaves the array
   */
  public static TransferBuffer of(byte[] array, int from, int length) {
    var buffer = new TransferBuffer(array, 1);
    buffer.add(from, length);
    return buffer;
  }

  /** Removes all pieces. */
  public void clear() {
    pieces = 0;
    length = 0;
  }

  /**
   * Appends a piece.
   *
   * @param start index of its first byte in {@link #array()}
   * @param count number of bytes; a piece of 0 bytes is not added
   * @throws IndexOutOfBoundsException if the piece leaves the array
   */
  public void add(int start, int count) {
    Objects.checkFromIndexSize(start, count, array.length);
    if (count == 0) {
      return;
    }
    if (pieces == 0) {
      firstStart = start;
      pieces = 1;
    } else if (start == startOf(pieces - 1) + lengthOf(pieces - 1)) {
      extend(count);
    } else {
      append(start, count);
    }
    length += count;
  }

  private void extend(int count) {
    if (pieces > 1) {
      others[2 * pieces - 3] += count;
    }
  }

  private void append(int start, int count) {
    if (pieces == 1) {
      firstLength = length;
    }
    int at = 2 * pieces - 2;
    if (at == others.length) {
      others = Arrays.copyOf(others, Math.max(2, at * 2));
    }
    others[at] = start;
    others[at + 1] = count;
    pieces++;
  }

  /**
   * Returns the length of the transfer.
   *
   * @return the sum of all pieces, in bytes
   */
  public int length() {
    return length;
  }

  /**
   * Returns the number of pieces.
   *
   * @return at least 0; at most 1 if the transfer is contiguous in the array
   */
  public int pieces() {
    return pieces;
  }

  /**
   * Returns the array that holds all pieces.
   *
   * @return the array itself, not a copy
   */
  public byte[] array() {
    return array;
  }

  /**
   * Returns where a piece starts.
   *
   * @param piece from 0 to {@code pieces() - 1}
   * @return an index of {@link #array()}
   */
  public int start(int piece) {
    return startOf(Objects.checkIndex(piece, pieces));
  }

  /**
   * Returns how long a piece is.
   *
   * @param piece from 0 to {@code pieces() - 1}
   * @return bytes, at least 1
   */
  public int length(int piece) {
    return lengthOf(Objects.checkIndex(piece, pieces));
  }

  private int startOf(int piece) {
    return piece == 0 ? firstStart : others[2 * piece - 2];
  }

  private int lengthOf(int piece) {
    if (piece > 0) {
      return others[2 * piece - 1];
    }
    return pieces == 1 ? length : firstLength;
  }

  /**
   * Stores bytes that a device delivered into the pieces.
   *
   * @param position where in the transfer they belong, in bytes, from 0
   * @param source holds the bytes
   * @param from index of the first of them in {@code source}
   * @param count how many
   * @throws IndexOutOfBoundsException if a range leaves the transfer or {@code source}
   */
  public void put(int position, byte[] source, int from, int count) {
    copy(position, source, from, count, true);
  }

  /**
   * Fetches bytes of the pieces to hand them to a device.
   *
   * @param position where in the transfer they start, in bytes, from 0
   * @param target receives the bytes
   * @param from index of the first of them in {@code target}
   * @param count how many
   * @throws IndexOutOfBoundsException if a range leaves the transfer or {@code target}
   */
  public void get(int position, byte[] target, int from, int count) {
    copy(position, target, from, count, false);
  }

  private void copy(int position, byte[] other, int from, int count, boolean in) {
    Objects.checkFromIndexSize(position, count, length);
    if (pieces == 1) {
      copyPiece(firstStart + position, other, from, count, in);
      return;
    }
    Objects.checkFromIndexSize(from, count, other.length);
    int skip = position;
    int done = 0;
    for (int i = 0; done < count; i++) {
      int part = Math.min(lengthOf(i) - skip, count - done);
      if (part <= 0) {
        skip -= lengthOf(i);
        continue;
      }
      copyPiece(startOf(i) + skip, other, from + done, part, in);
      done += part;
      skip = 0;
    }
  }

  private void copyPiece(int index, byte[] other, int from, int count, boolean in) {
    if (in) {
      System.arraycopy(other, from, array, index, count);
    } else {
      System.arraycopy(array, index, other, from, count);
    }
  }
}
