package dev.virtmem;

import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Pointers to elements that lie side by side.
 *
 * <p>Each class of pointers has its own classes of these, not a lambda or a factory, so that C2
 * always knows what is made and can leave out making it.
 */
abstract class ElementRange<P extends TypedPointer<P>> implements Iterable<P> {
  private final P first;
  private final long count;

  ElementRange(P first, long count) {
    this.first = first;
    this.count = count;
  }

  /** Steps through the range; counts as {@link PointerCursor} does. */
  abstract static class Steps<P extends TypedPointer<P>> implements Iterator<P> {
    final Memory memory;
    private final int step;
    private long next;
    private int visited;
    private int turn;
    private long left;

    Steps(ElementRange<P> range) {
      P first = range.first;
      memory = first.memory;
      step = first.elementSize();
      next = first.address;
      turn = (int) Math.min(range.count, Integer.MAX_VALUE);
      left = range.count - turn;
      // Here, not when the range is made: C2 makes a quicker loop of it (`bench speed`).
      first.checkCount(range.count);
    }

    @Override
    public final boolean hasNext() {
      return visited < turn || left > 0;
    }

    /** Returns the address of the next element. */
    final long advance() {
      if (visited < turn) {
        visited++;
      } else if (left > 0) {
        turn = (int) Math.min(left, Integer.MAX_VALUE);
        left -= turn;
        visited = 1;
      } else {
        throw new NoSuchElementException("there is no further element");
      }
      long address = next;
      next += step;
      return address;
    }
  }
}
