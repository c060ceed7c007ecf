package dev.virtmem.serial;

/** Bytes that were asked for by one READ. */
final class Piece {
  final byte[] data;
  long offset;
  int length;
  boolean arrived;

  /** What the host said in place of the bytes; null if nothing went wrong. */
  String error;

  Piece(int capacity) {
    data = new byte[capacity];
  }

  Piece begin(long newOffset, int newLength) {
    offset = newOffset;
    length = newLength;
    arrived = false;
    error = null;
    return this;
  }

  long end() {
    return offset + length;
  }
}
