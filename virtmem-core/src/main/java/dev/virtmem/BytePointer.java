package dev.virtmem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Iterator;
import java.util.Objects;

/** A pointer to {@code byte} elements, each one byte. */
public final class BytePointer extends TypedPointer<BytePointer> {
  /**
   * Creates a pointer.
   *
   * @param memory what it points into
   * @param address where, at least 0; 0 gives the null pointer
   * @throws IllegalArgumentException if the address is negative
   */
  public BytePointer(Memory memory, long address) {
    super(memory, address);
  }

  private BytePointer(long address, Memory memory) {
    super(address, memory);
  }

  /**
   * Reads the element pointed to.
   *
   * @return its value
   */
  public byte get() {
    return memory.getByte(address);
  }

  /**
   * Writes the element pointed to.
   *
   * @param value its new value
   */
  public void set(byte value) {
    memory.setByte(address, value);
  }

  /**
   * Reads an element.
   *
   * @param index which element, counted from here; may be negative
   * @return its value
   */
  public byte get(long index) {
    return memory.getByte(element(index));
  }

  /**
   * Writes an element.
   *
   * @param index which element, counted from here; may be negative
   * @param value its new value
   */
  public void set(long index, byte value) {
    memory.setByte(element(index), value);
  }

  /**
   * Adds to the element pointed to, as {@code +=} does.
   *
   * @param delta what to add
   * @return the new value
   */
  public byte add(int delta) {
    byte value = (byte) (get() + delta);
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
  public byte add(long index, int delta) {
    byte value = (byte) (get(index) + delta);
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
  public void get(long index, byte[] target, int from, int count) {
    Objects.checkFromIndexSize(from, count, target.length);
    long first = addressOf(index);
    int direct = memory.readIndex(first, count);
    if (direct >= 0) {
      MemorySegment.copy(
          memory.cache().frames(), ValueLayout.JAVA_BYTE, direct, target, from, count);
    } else {
      BulkTransfer.read(memory, first, ValueLayout.JAVA_BYTE, target, from, count);
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
  public void set(long index, byte[] source, int from, int count) {
    Objects.checkFromIndexSize(from, count, source.length);
    long first = addressOf(index);
    int direct = memory.writeIndex(first, count);
    if (direct >= 0) {
      MemorySegment.copy(
          source, from, memory.cache().frames(), ValueLayout.JAVA_BYTE, direct, count);
    } else {
      BulkTransfer.write(memory, first, ValueLayout.JAVA_BYTE, source, from, count);
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
  public Iterable<BytePointer> elements(long count) {
    return new ElementRange<>(this, count) {
      @Override
      public Iterator<BytePointer> iterator() {
        return new Steps<>(this) {
          @Override
          public BytePointer next() {
            return new BytePointer(advance(), memory);
          }
        };
      }
    };
  }

  @Override
  public int elementSize() {
    return Byte.BYTES;
  }

  @Override
  public PointerType<BytePointer> type() {
    return PointerType.BYTE;
  }

  @Override
  BytePointer at(long newAddress) {
    return new BytePointer(newAddress, memory);
  }

  /** Steps through {@code byte} elements. */
  public static final class Cursor extends PointerCursor {
    private Cursor(BytePointer first, long count) {
      super(first, count);
    }

    /**
     * Reads the current element.
     *
     * @return its value
     */
    public byte get() {
      return memory.getByte(address);
    }

    /**
     * Writes the current element.
     *
     * @param value its new value
     */
    public void set(byte value) {
      memory.setByte(address, value);
    }
  }
}
