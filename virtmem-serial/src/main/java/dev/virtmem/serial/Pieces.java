package dev.virtmem.serial;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.function.Predicate;

/** What was asked for and not taken yet: ranges that do not overlap, in no order. */
final class Pieces {
  private final CheckedSession session;
  private final ArrayList<Piece> pieces = new ArrayList<>();
  private final ArrayDeque<Piece> free = new ArrayDeque<>();

  Pieces(CheckedSession session) {
    this.session = session;
  }

  /** Returns the piece with the byte at an offset, or null. */
  Piece find(long at) {
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i).has(at)) {
        return pieces.get(i);
      }
    }
    return null;
  }

  /** Returns the end of what there is without a gap from an offset on. */
  long endFrom(long at) {
    Piece piece = find(at);
    while (piece != null) {
      at = piece.end;
      piece = find(at);
    }
    return at;
  }

  /** Returns the start of what there is without a gap up to an offset. */
  long startBefore(long at) {
    Piece piece = find(at - 1);
    while (piece != null) {
      at = piece.from;
      piece = find(at - 1);
    }
    return at;
  }

  /** Returns where the first piece behind an offset starts, but no more than {@code limit}. */
  long nextStart(long at, long limit) {
    long next = limit;
    for (int i = 0; i < pieces.size(); i++) {
      long from = pieces.get(i).from;
      next = from > at ? Math.min(next, from) : next;
    }
    return next;
  }

  /** Returns where the last piece before an offset ends, but no less than {@code limit}. */
  long lastEnd(long at, long limit) {
    long last = limit;
    for (int i = 0; i < pieces.size(); i++) {
      long end = pieces.get(i).end;
      last = end < at ? Math.max(last, end) : last;
    }
    return last;
  }

  Piece add(long offset, int length, Stream stream, long read) {
    Piece piece = free.isEmpty() ? new Piece(session.maxChunk()) : free.remove();
    pieces.add(piece.begin(offset, length, stream, read));
    return piece;
  }

  /** Gives a piece up whose bytes were all taken. */
  void remove(Piece piece) {
    pieces.remove(piece);
    free.add(piece);
  }

  /** Gives pieces up whose answers may be under way still. */
  void dropIf(Predicate<Piece> unwanted) {
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      if (unwanted.test(piece)) {
        pieces.remove(i);
        session.forget(piece);
        free.add(piece);
      }
    }
  }
}
