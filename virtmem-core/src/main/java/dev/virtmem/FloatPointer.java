package dev.virtmem;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Iterator;
import java.util.Objects;

/** A pointer to {@code float} elements, each 4 bytes, IEEE 754, little-endian. */
public final class FloatPointer extends TypedPointer<FloatPointer> {
  private static final ValueLayout LAYOUT =
      ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /**
   * Creates a pointer.
   *
   * @param memory what it points into
   * @param address where, at least 0; 0 gives the null pointer
   * @throws IllegalArgumentException if the address is negative
   */
  public FloatPointer(Memory memory, long address) {
    super(memory, address);
  }

  private FloatPointer(long address, Memory memory) {
    super(address, memory);
  }

  /**
   * Reads the element pointed to.
   *
   * @return its value
   */
  public float get() {
    return Float.intBitsToFloat(memory.getInt(address));
  }

  /**
   * Writes the element pointed to.
   *
   * @param value its new value
   */
  public void set(float value) {
    memory.setInt(address, Float.floatToRawIntBits(value));
  }

  /**
   * Reads an element.
   *
   * @param index which element, counted from here; may be negative
   * @return its value
   */
  public float get(long index) {
    return Float.intBitsToFloat(memory.getInt(element(index)));
  }

  /**
   * Writes an element.
   *
   * @param index which element, counted from here; may be negative
   * @param value its new value
   */
  public void set(long index, float value) {
    memory.setInt(element(index), Float.floatToRawIntBits(value));
  }

  /**
   * Adds to the element pointed to, as {@code +=} does.
   *
   * @param delta what to add
   * @return the new value
   */
  public float add(float delta) {
    float value = get() + delta;
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
  public float add(long index, float delta) {
    float value = get(index) + delta;
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
  public void get(long index, float[] target, int from, int count) {
    Objects.checkFromIndexSize(from, count, target.length);
    long first = addressOf(index);
    int direct = memory.readIndex(first, (long) count * Float.BYTES);
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
  public void set(long index, float[] source, int from, int count) {
    Objects.checkFromIndexSize(from, count, source.length);
    long first = addressOf(index);
    int direct = memory.writeIndex(first, (long) count * Float.BYTES);
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
  public Iterable<FloatPointer> elements(long count) {
    return new ElementRange<>(this, count) {
      @Override
      public Iterator<FloatPointer> iterator() {
        return new Steps<>(this) {
          @Override
          public FloatPointer next() {
            return new FloatPointer(advance(), memory);
          }
        };
      }
    };
  }

  @Override
  public int elementSize() {
    return Float.BYTES;
  }

  @Override
  public PointerType<FloatPointer> type() {
    return PointerType.FLOAT;
  }

  @Override
  FloatPointer at(long newAddress) {
    return new FloatPointer(newAddress, memory);
  }

  /** Steps through {@code float} elements. */
  public static final class Cursor extends PointerCursor {
    private Cursor(FloatPointer first, long count) {
      super(first, count);
    }

    /**
     * Reads the current element.
     *
     * @return its value
     */
    public float get() {
      return Float.intBitsToFloat(memory.getInt(address));
    }

    /**
     * Writes the current element.
     *
     * @param value its new value
     */
    public void set(float value) {
      memory.setInt(address, Float.floatToRawIntBits(value));
    }
  }
}
