package dev.virtmem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Objects;

/** A pointer to {@code char} elements, each 2 bytes, little-endian. */
public final class CharPointer extends TypedPointer<CharPointer> {
  private static final ValueLayout LAYOUT =
      ValueLayout.JAVA_CHAR_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Creates a pointer.
   *
   * @param memory what it points into
   * @param address where, at least 0; 0 gives the null pointer
   * @throws IllegalArgumentException if the address is negative
   */
  public CharPointer(Memory memory, long address) {
    super(memory, address);
  }

  private CharPointer(long address, Memory memory) {
    super(address, memory);
  }

  /**
   * Reads the element pointed to.
   *
   * @return its value
   */
  public char get() {
    return (char) memory.getShort(address);
  }

  /**
   * Writes the element pointed to.
   *
   * @param value its new value
   */
  public void set(char value) {
    memory.setShort(address, (short) value);
  }

  /**
   * Reads an element.
   *
   * @param index which element, counted from here; may be negative
   * @return its value
   */
  public char get(long index) {
    return (char) memory.getShort(element(index));
  }

  /**
   * Writes an element.
   *
   * @param index which element, counted from here; may be negative
   * @param value its new value
   */
  public void set(long index, char value) {
    memory.setShort(element(index), (short) value);
  }

  /**
   * Adds to the element pointed to, as {@code +=} does.
   *
   * @param delta what to add
   * @return the new value
   */
  public char add(int delta) {
    char value = (char) (get() + delta);
    set(value);
    return value;
  }

  /**
   * Adds to an element, as {@code +=} does.
   *
   * @param index which element, counted from here; may be negative
   * @param delta what to add
   * @return the new value
   */
  public char add(long index, int delta) {
    char value = (char) (get(index) + delta);
    set(index, value);
    return value;
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
  public void get(long index, char[] target, int from, int count) {
    Objects.checkFromIndexSize(from, count, target.length);
    long first = addressOf(index);
    int direct = memory.readIndex(first, (long) count * Character.BYTES);
    if (direct >= 0) {
      MemorySegment.copy(memory.cache().frames(), LAYOUT, direct, target, from, count);
    } else {
      BulkTransfer.read(memory, first, LAYOUT, target, from, count);
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
  public void set(long index, char[] source, int from, int count) {
    Objects.checkFromIndexSize(from, count, source.length);
    long first = addressOf(index);
    int direct = memory.writeIndex(first, (long) count * Character.BYTES);
    if (direct >= 0) {
      MemorySegment.copy(source, from, memory.cache().frames(), LAYOUT, direct, count);
    } else {
      BulkTransfer.write(memory, first, LAYOUT, source, from, count);
    }
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
  public Iterable<CharPointer> elements(long count) {
    return new ElementRange<>(this, count) {
      @Override
      public Iterator<CharPointer> iterator() {
        return new Steps<>(this) {
          @Override
          public CharPointer next() {
            return new CharPointer(advance(), memory);
          }
        };
      }
    };
  }

  @Override
  public int elementSize() {
    return Character.BYTES;
  }

  @Override
  public PointerType<CharPointer> type() {
    return PointerType.CHAR;
  }

  @Override
  CharPointer at(long newAddress) {
    return new CharPointer(newAddress, memory);
  }

  /** Steps through {@code char} elements. */
  public static final class Cursor extends PointerCursor {
    private Cursor(CharPointer first, long count) {
      super(first, count);
    }

    /**
     * Reads the current element.
     *
     * @return its value
     */
    public char get() {
      return (char) memory.getShort(address);
    }

    /**
     * Writes the current element.
     *
     * @param value its new value
     */
    public void set(char value) {
      memory.setShort(address, (short) value);
    }
  }
}
