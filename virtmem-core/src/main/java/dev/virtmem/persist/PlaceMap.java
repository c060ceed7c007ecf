package dev.virtmem.persist;

import java.util.Arrays;

/**
 * Which places of a pool are in use, in 2 bits each:
 *
 * <pre>
 * taken changed
 *   0      0     free
 *   1      0     held: the last commit needs it
 *   1      1     new: taken since the last commit
 *   0      1     old: the last commit needs it, the next one will not
 * </pre>
 *
 * <p>So a commit clears all bits of one kind. Places are taken in turn round the pool, so that wear
 * is spread and pages that are written together lie together.
 */
final class PlaceMap {
  private final int end;
  private final long[] taken;
  private final long[] changed;
  private int next;
  private int free;
  private int old;

  /** Creates the map of an empty pool. */
  PlaceMap(PoolShape shape, int next) {
    this.end = shape.pages() - 1;
    this.taken = new long[(end >>> 6) + 1];
    this.changed = new long[taken.length];
    this.free = end - 1;
    this.next = next >= 1 && next < end ? next : 1;
  }

  int free() {
    return free;
  }

  /** Where the search for a free place goes on. */
  int next() {
    return next;
  }

  /** Tells whether a number can be that of a place. */
  boolean isPlace(int place) {
    return place >= 1 && place < end;
  }

  /** Notes that the last commit needs a place; returns false if that was noted before. */
  boolean hold(int place) {
    boolean first = isFree(place);
    if (first) {
      taken[place >>> 6] |= 1L << place;
      free--;
    }
    return first;
  }

  /** Tells whether neither the last commit nor the changes since need a place. */
  boolean isFree(int place) {
    return ((taken[place >>> 6] | changed[place >>> 6]) >>> place & 1) == 0;
  }

  /** Returns the next free place in turn, of which there must be one. */
  int find() {
    for (int word = next >>> 6, round = 0; round <= taken.length; word++, round++) {
      if (word == taken.length) {
        word = 0;
      }
      long candidates = ~(taken[word] | changed[word]);
      if (round == 0) {
        candidates &= -1L << next;
      }
      while (candidates != 0) {
        int place = (word << 6) + Long.numberOfTrailingZeros(candidates);
        if (isPlace(place)) {
          return place;
        }
        candidates &= candidates - 1;
      }
    }
    throw new IllegalStateException("no free place, although " + free + " were counted");
  }

  /** Takes up to {@code most} places from a free one on; returns how many follow each other. */
  int take(int start, int most) {
    int count = 0;
    while (count < most && start + count < end && isFree(start + count)) {
      int place = start + count++;
      taken[place >>> 6] |= 1L << place;
      changed[place >>> 6] |= 1L << place;
    }
    free -= count;
    next = start + count < end ? start + count : 1;
    return count;
  }

  /** Gives a place up: at once if it is new, with the next commit if the last one needs it. */
  void release(int place) {
    int word = place >>> 6;
    long bit = 1L << place;
    taken[word] &= ~bit;
    if ((changed[word] & bit) != 0) {
      changed[word] &= ~bit;
      free++;
    } else {
      changed[word] |= bit;
      old++;
    }
  }

  /** Makes what is new the last commit's; what is old is free. */
  void commit() {
    Arrays.fill(changed, 0);
    free += old;
    old = 0;
  }

  long ramBytes() {
    return 2L * Long.BYTES * taken.length + 80;
  }
}
