package dev.virtmem.policy;

import java.util.Arrays;

/**
 * A list over the numbers from 0 to n less one (frames, or slots of a table), each at most once: a
 * ring linked both ways, so that the first becomes the last by a turn. Every operation takes
 * constant time and allocates nothing.
 *
 * <p>RAM: 8 bytes for each number, whether in the list or not; a list made by {@link #sibling} adds
 * none.
 */
final class IndexList {

  /** Stands for the end of the list. */
  static final int NONE = -1;

  private static final int UNLINKED = -2;

  private final int[] next;
  private final int[] previous;
  private int first = NONE;
  private int size;

  /** Makes an empty list for the numbers from 0 to {@code numbers} less one. */
  IndexList(int numbers) {
    this(new int[numbers], new int[numbers]);
    Arrays.fill(next, UNLINKED);
  }

  private IndexList(int[] next, int[] previous) {
    this.next = next;
    this.previous = previous;
  }

  /** Makes an empty list that shares this one's links: a number is in one of the two at most. */
  IndexList sibling() {
    return new IndexList(next, previous);
  }

  int size() {
    return size;
  }

  /** Returns the RAM of the links, in bytes. */
  long ramBytes() {
    return 8L * next.length;
  }

  /** The number that was added before all others, or {@link #NONE}. */
  int first() {
    return first;
  }

  private int last() {
    return first == NONE ? NONE : previous[first];
  }

  /** The number behind one that is in the list, or {@link #NONE}. */
  int next(int number) {
    int after = next[number];
    return after == first ? NONE : after;
  }

  void addLast(int number) {
    if (next[number] != UNLINKED) {
      throw new IllegalStateException("frame " + number + " holds a page already");
    }
    if (first == NONE) {
      first = number;
      next[number] = number;
      previous[number] = number;
    } else {
      int last = previous[first];
      next[last] = number;
      previous[number] = last;
      next[number] = first;
      previous[first] = number;
    }
    size++;
  }

  void remove(int number) {
    int after = next[number];
    if (after == UNLINKED) {
      throw new IllegalStateException("frame " + number + " holds no page");
    }
    int before = previous[number];
    next[before] = after;
    previous[after] = before;
    if (number == first) {
      first = after == number ? NONE : after;
    }
    next[number] = UNLINKED;
    size--;
  }

  /** Moves a number that is in the list to its end. */
  void moveToLast(int number) {
    if (number == first) {
      first = next[number];
    } else if (number != last()) {
      remove(number);
      addLast(number);
    }
  }

  /** Walks the ring and throws an {@link IllegalStateException} if it is broken. */
  void check() {
    int count = 0;
    int before = last();
    for (int number = first; number != NONE; number = next(number)) {
      if (number == UNLINKED || previous[number] != before || ++count > next.length) {
        throw new IllegalStateException("links broken between " + before + " and " + number);
      }
      before = number;
    }
    if (before != last() || count != size) {
      throw new IllegalStateException(
          "list ends at " + before + " after " + count + ", not at " + last() + " after " + size);
    }
  }
}
