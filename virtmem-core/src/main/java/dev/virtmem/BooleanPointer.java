package dev.virtmem;

import java.util.Iterator;
import java.util.Objects;

/** A pointer to {@code boolean} elements, each one byte, 0 or 1 (any other value reads as true). */
public final class BooleanPointer extends TypedPointer<BooleanPointer> {
  /**
   * Creates a pointer.
   *
   * @param memory what it points into
   * @param address where, at least 0; 0 gives the null pointer
   * @throws IllegalArgumentException if the address is negative
   */
  public BooleanPointer(Memory memory, long address) {
    super(memory, address);
  }

  private BooleanPointer(long address, Memory memory) {
    super(address, memory);
  }

  /**
   * Reads the element pointed to.
   *
   * @return its value
   */
  public boolean get() {
    return memory.getByte(address) != 0;
  }

  /**
   * Writes the element pointed to.
   *
   * @param value its new value
   */
  public void set(boolean value) {
    memory.setByte(address, (byte) (value ? 1 : 0));
  }

  /**
   * Reads an element.
   *
   * @param index which element, counted from here; may be negative
   * @return its value
   */
  public boolean get(long index) {
    return memory.getByte(element(index)) != 0;
  }

  /**
   * Writes an element.
   *
   * @param index which element, counted from here; may be negative
   * @param value its new value
   */
  public void set(long index, boolean value) {
    memory.setByte(element(index), (byte) (value ? 1 : 0));
  }

  /**
   * Reads elements into an array.
   *
   * @param index the first element, counted from here; may be negative
   * @param target receives the elements
   * @param from where in the array the first one goes
   * @param count how many
   * @throws IndexOutOfBoundsException if the array has no such range
   */
  public void get(long index, boolean[] target, int from, int count) {
    Objects.checkFromIndexSize(from, count, target.length);
    byte[] bytes = new byte[count];
    asBytes().get(index, bytes, 0, count);
    for (int i = 0; i < count; i++) {
      target[from + i] = bytes[i] != 0;
    }
  }

  /**
   * Writes elements from an array.
   *
   * @param index the first element, counted from here; may be negative
   * @param source gives the elements
   * @param from where in the array the first one is
   * @param count how many
   * @throws IndexOutOfBoundsException if the array has no such range
   */
  public void set(long index, boolean[] source, int from, int count) {
    Objects.checkFromIndexSize(from, count, source.length);
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (source[from + i] ? 1 : 0);
    }
    asBytes().set(index, bytes, 0, count);
  }

  /**
   * Returns a cursor over elements from here on.
   *
   * @param count how many elements it visits, at least 0
   * @return a cursor before the first element
   * @throws IllegalArgumentException if the count is negative
   */
  public Cursor cursor(long count) {
    return new Cursor(this, count);
  }

  @Override
  public Iterable<BooleanPointer> elements(long count) {
    return new ElementRange<>(this, count) {
      @Override
      public Iterator<BooleanPointer> iterator() {
        return new Steps<>(this) {
          @Override
          public BooleanPointer next() {
            return new BooleanPointer(advance(), memory);
          }
        };
      }
    };
  }

  @Override
  public int elementSize() {
    return 1;
  }

  @Override
  public PointerType<BooleanPointer> type() {
    return PointerType.BOOLEAN;
  }

  @Override
  BooleanPointer at(long newAddress) {
    return new BooleanPointer(newAddress, memory);
  }

  /** Steps through {@code boolean} elements. */
  public static final class Cursor extends PointerCursor {
    private Cursor(BooleanPointer first, long count) {
      super(first, count);
    }

    /**
     * Reads the current element.
     *
     * @return its value
     */
    public boolean get() {
      return memory.getByte(address) != 0;
    }

    /**
     * Writes the current element.
     *
     * @param value its new value
     */
    public void set(boolean value) {
      memory.setByte(address, (byte) (value ? 1 : 0));
    }
  }
}
