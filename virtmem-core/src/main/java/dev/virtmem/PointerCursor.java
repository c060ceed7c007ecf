package dev.virtmem;

/**
 * Steps through elements without making a pointer for each:
 *
 * <pre>{@code
 * IntPointer.Cursor c = numbers.cursor(1000);
 * while (c.next()) {
 *   sum += c.get();
 * }
 * }</pre>
 *
 * <p>A cursor is before its first element at first. There, and behind its last element, an access
 * throws {@link InvalidAddressException}.
 */
public abstract sealed class PointerCursor
    permits BytePointer.Cursor,
        BooleanPointer.Cursor,
        ShortPointer.Cursor,
        CharPointer.Cursor,
        IntPointer.Cursor,
        LongPointer.Cursor,
        FloatPointer.Cursor,
        DoublePointer.Cursor,
        PointerPointer.Cursor,
        RecordPointer.Cursor {
  final Memory memory;

  /** Of the current element; 0 if there is none. */
  long address;

  private final int step;

  private long next;

  /** Elements of this turn that were visited. An int, as C2 is at its best with such loops. */
  private int visited;

  /** Elements of this turn. */
  private int turn;

  /** Elements of further turns. */
  private long left;

  PointerCursor(TypedPointer<?> first, long count) {
    this.memory = first.memory;
    this.step = first.elementSize();
    this.next = first.address;
    this.turn = (int) Math.min(count, Integer.MAX_VALUE);
    this.left = count - turn;
    first.checkCount(count);
  }

  /**
   * Goes to the next element.
   *
   * @return whether there is one
   */
  public final boolean next() {
    // All in one method: one of its own, hardly ever called, would keep the cursor on the heap.
    if (visited < turn) {
      visited++;
    } else if (left > 0) {
      turn = (int) Math.min(left, Integer.MAX_VALUE);
      left -= turn;
      visited = 1;
    } else {
      address = 0;
      return false;
    }
    address = next;
    next += step;
    return true;
  }

  /**
   * Returns what this steps through.
   *
   * @return the memory
   */
  public final Memory memory() {
    return memory;
  }

  /**
   * Returns where the current element is.
   *
   * @return its address in bytes, or 0 if there is none
   */
  public final long address() {
    return address;
  }
}
