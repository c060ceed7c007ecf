package dev.virtmem;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Ordinary memory behind the same type as virtual memory, so that a typed pointer can point into a
 * {@code byte[]}.
 *
 * <p>The byte at index {@code i} of the array has address {@code i + 8}, since address 0 is null.
 * The array stays the caller's: what either side writes, the other sees. Pointers are of the same
 * memory only if they share the {@code ArrayMemory}, so wrap an array once. Any thread may use it;
 * threads that write need a mutex of their own.
 */
public final class ArrayMemory extends Memory {
  private static final int START = 8;
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private final byte[] array;
  private final MemorySegment segment;
  private final int pointerBytes;

  /**
   * Wraps an array; a pointer stored in it takes 4 bytes.
   *
   * @param array at least 1 byte
   * @throws IllegalArgumentException if the array is empty
   */
  public ArrayMemory(byte[] array) {
    this(array, 4);
  }

  /**
   * Wraps an array that is to be laid out as another memory is, so that records can be copied
   * between them byte for byte.
   *
   * @param array at least 1 byte
   * @param pointerBytes bytes of a stored pointer, 4 or 8
   * @throws IllegalArgumentException if the array is empty or {@code pointerBytes} is another
   *     number
   */
  public ArrayMemory(byte[] array, int pointerBytes) {
    if (array.length == 0) {
      throw new IllegalArgumentException("the array must have at least 1 byte, got 0");
    }
    if (pointerBytes != 4 && pointerBytes != 8) {
      throw new IllegalArgumentException("a pointer takes 4 or 8 bytes, got " + pointerBytes);
    }
    this.array = array;
    this.segment = MemorySegment.ofArray(array);
    this.pointerBytes = pointerBytes;
  }

  @Override
  public long start() {
    return START;
  }

  @Override
  public long end() {
    return START + (long) array.length;
  }

  @Override
  public int pointerBytes() {
    return pointerBytes;
  }

  @Override
  public byte getByte(long address) {
    return array[index(address, 1)];
  }

  @Override
  public void setByte(long address, byte value) {
    array[index(address, 1)] = value;
  }

  @Override
  public short getShort(long address) {
    return (short) SHORT.get(array, index(address, Short.BYTES));
  }

  @Override
  public void setShort(long address, short value) {
    SHORT.set(array, index(address, Short.BYTES), value);
  }

  @Override
  public int getInt(long address) {
    return (int) INT.get(array, index(address, Integer.BYTES));
  }

  @Override
  public void setInt(long address, int value) {
    INT.set(array, index(address, Integer.BYTES), value);
  }

  @Override
  public long getLong(long address) {
    return (long) LONG.get(array, index(address, Long.BYTES));
  }

  @Override
  public void setLong(long address, long value) {
    LONG.set(array, index(address, Long.BYTES), value);
  }

  @Override
  public void read(long address, MemorySegment target) {
    target.copyFrom(segment(address, target.byteSize()));
  }

  @Override
  public void write(long address, MemorySegment source) {
    segment(address, source.byteSize()).copyFrom(source);
  }

  @Override
  public void fill(long address, long length, byte value) {
    segment(address, length).fill(value);
  }

  @Override
  public void copy(long from, long to, long length) {
    segment(to, length).copyFrom(segment(from, length));
  }

  @Override
  public String toString() {
    return "ArrayMemory[" + array.length + " bytes]";
  }

  /** Returns a view of a range, which may be empty. */
  MemorySegment segment(long address, long length) {
    AddressRange.check(this, address, length);
    return length == 0 ? segment.asSlice(0, 0) : segment.asSlice(address - START, length);
  }

  private int index(long address, int length) {
    long index = address - START;
    if (index < 0 || index > array.length - length) {
      throw AddressRange.outside(this, address, length);
    }
    return (int) index;
  }

  private static VarHandle view(Class<?> elements) {
    return MethodHandles.byteArrayViewVarHandle(elements, ByteOrder.LITTLE_ENDIAN);
  }
}
