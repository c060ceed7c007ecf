package dev.virtmem.serial;

/** Bytes that were asked for by one READ, and which of them nobody has taken yet. */
final class Piece {
  final byte[] data;

  /** Where the first byte of {@link #data} is in the pool. */
  long offset;

  int length;

  /** The range of the pool that was not taken yet. */
  long from;

  long end;

  boolean arrived;

  /** Has a SHORT READ been answered without bytes? */
  boolean refused;

  /** What the host said in place of the bytes; null if nothing went wrong. */
  String error;

  /** In which read of the program it was asked for, counted from 1. */
  long askedIn;

  /** For which stream it was read. */
  Stream stream;

  Piece(int capacity) {
    data = new byte[capacity];
  }

  Piece begin(long newOffset, int newLength, Stream newStream, long read) {
    offset = newOffset;
    length = newLength;
    from = newOffset;
    end = newOffset + newLength;
    stream = newStream;
    askAgain(read);
    return this;
  }

  /** Nothing has come any more, and is asked for by another read of the program. */
  void askAgain(long read) {
    askedIn = read;
    arrived = false;
    refused = false;
    error = null;
  }

  boolean has(long at) {
    return from <= at && at < end;
  }

  /** Notes that bytes were taken. Of what is left on both sides, one is kept: where it goes on. */
  void taken(long takenFrom, long takenEnd) {
    if (takenFrom > from && (takenEnd >= end || stream.isDown())) {
      end = takenFrom;
    } else {
      from = takenEnd;
    }
  }

  boolean isUsedUp() {
    return from >= end;
  }
}
