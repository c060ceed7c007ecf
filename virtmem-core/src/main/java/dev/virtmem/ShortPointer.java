package dev.virtmem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Objects;

/** A pointer to {@code short} elements, each 2 bytes, little-endian. */
public final class ShortPointer extends TypedPointer<ShortPointer> {
  private static final ValueLayout LAYOUT =
      ValueLayout.JAVA_SHORT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Creates a pointer.
   *
   * @param memory what it points into
   * @param address where, at least 0; 0 gives the null pointer
   * @throws IllegalArgumentException if the address is negative
   */
  public ShortPointer(Memory memory, long address) {
    super(memory, address);
  }

  private ShortPointer(long address, Memory memory) {
    super(address, memory);
  }

  /**
   * Reads the element pointed to.
   *
   * @return its value
   */
  public short get() {
    return memory.getShort(address);
  }

  /**
   * Writes the element pointed to.
   *
   * @param value its new value
   */
  public void set(short value) {
    memory.setShort(address, value);
  }

  /**
   * Reads an element.
   *
   * @param index which element, counted from here; may be negative
   * @return its value
   */
  public short get(long index) {
    return memory.getShort(element(index));
  }

  /**
   * Writes an element.
   *
   * @param index which element, counted from here; may be negative
   * @param value its new value
   */
  public void set(long index, short value) {
    memory.setShort(element(index), value);
  }

  /**
   * Adds to the element pointed to, as {@code +=} does.
   *
   * @param delta what to add
   * @return the new value
   */
  public short add(int delta) {
    short value = (short) (get() + delta);
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
  public short add(long index, int delta) {
    short value = (short) (get(index) + delta);
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
  public void get(long index, short[] target, int from, int count) {
    Objects.checkFromIndexSize(from, count, target.length);
    long first = addressOf(index);
    int direct = memory.readIndex(first, (long) count * Short.BYTES);
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
  public void set(long index, short[] source, int from, int count) {
    Objects.checkFromIndexSize(from, count, source.length);
    long first = addressOf(index);
    int direct = memory.writeIndex(first, (long) count * Short.BYTES);
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
  public Iterable<ShortPointer> elements(long count) {
    return new ElementRange<>(this, count) {
      @Override
      public Iterator<ShortPointer> iterator() {
        return new Steps<>(this) {
          @Override
          public ShortPointer next() {
            return new ShortPointer(advance(), memory);
          }
        };
      }
    };
  }

  @Override
  public int elementSize() {
    return Short.BYTES;
  }

  @Override
  public PointerType<ShortPointer> type() {
    return PointerType.SHORT;
  }

  @Override
  ShortPointer at(long newAddress) {
    return new ShortPointer(newAddress, memory);
  }

  /** Steps through {@code short} elements. */
  public static final class Cursor extends PointerCursor {
    private Cursor(ShortPointer first, long count) {
      super(first, count);
    }

    /**
     * Reads the current element.
     *
     * @return its value
     */
    public short get() {
      return memory.getShort(address);
    }

    /**
     * Writes the current element.
     *
     * @param value its new value
     */
    public void set(short value) {
      memory.setShort(address, value);
    }
  }
}
