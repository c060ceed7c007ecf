package dev.virtmem;

import dev.virtmem.struct.RecordType;
import java.util.Objects;
import java.util.function.ToIntFunction;

/**
 * What a pointer points to, as a value: for casts, for pointers to pointers, and for allocating.
 * Types are equal if they point to the same.
 *
 * @param <P> the class of such a pointer
 */
public final class PointerType<P extends Pointer> {
  /** Of a typeless pointer; counts in bytes. */
  public static final PointerType<Pointer> VOID = primitive("void", 1, Pointer::new);

  /** Of a pointer to bytes. */
  public static final PointerType<BytePointer> BYTE = primitive("byte", 1, BytePointer::new);

  /** Of a pointer to booleans of one byte each. */
  public static final PointerType<BooleanPointer> BOOLEAN =
      primitive("boolean", 1, BooleanPointer::new);

  /** Of a pointer to shorts. */
  public static final PointerType<ShortPointer> SHORT =
      primitive("short", Short.BYTES, ShortPointer::new);

  /** Of a pointer to chars. */
  public static final PointerType<CharPointer> CHAR =
      primitive("char", Character.BYTES, CharPointer::new);

  /** Of a pointer to ints. */
  public static final PointerType<IntPointer> INT =
      primitive("int", Integer.BYTES, IntPointer::new);

  /** Of a pointer to longs. */
  public static final PointerType<LongPointer> LONG =
      primitive("long", Long.BYTES, LongPointer::new);

  /** Of a pointer to floats. */
  public static final PointerType<FloatPointer> FLOAT =
      primitive("float", Float.BYTES, FloatPointer::new);

  /** Of a pointer to doubles. */
  public static final PointerType<DoublePointer> DOUBLE =
      primitive("double", Double.BYTES, DoublePointer::new);

  private final String name;
  private final Object target;
  private final ToIntFunction<Memory> elementSize;
  private final Factory<P> factory;

  private PointerType(
      String name, Object target, ToIntFunction<Memory> elementSize, Factory<P> factory) {
    this.name = name;
    this.target = target;
    this.elementSize = elementSize;
    this.factory = factory;
  }

  /**
   * Returns the type of a pointer to records.
   *
   * @param <T> the record
   * @param record its class; only looked at when the first pointer is made
   * @return the type
   */
  public static <T extends Record> PointerType<RecordPointer<T>> record(Class<T> record) {
    return new PointerType<>(
        record.getSimpleName(),
        record,
        memory -> RecordType.of(record, memory).size(),
        (memory, address) -> new RecordPointer<>(RecordType.of(record, memory), memory, address));
  }

  /**
   * Returns the type of a pointer to stored pointers.
   *
   * @param <P> the class of the stored pointers
   * @param to what these point to
   * @return the type
   */
  public static <P extends Pointer> PointerType<PointerPointer<P>> pointer(PointerType<P> to) {
    return new PointerType<>(
        to.name + "*",
        Objects.requireNonNull(to, "to"),
        Memory::pointerBytes,
        (memory, address) -> new PointerPointer<>(memory, address, to));
  }

  /**
   * Makes a pointer.
   *
   * @param memory what it points into
   * @param address where, at least 0; 0 gives the null pointer
   * @return the pointer
   * @throws IllegalArgumentException if the address is negative, or a record cannot be laid out
   */
  public P at(Memory memory, long address) {
    return factory.make(memory, address);
  }

  /**
   * Makes a null pointer.
   *
   * @param memory what it points into
   * @return a pointer to address 0
   */
  public P nullPointer(Memory memory) {
    return at(memory, 0);
  }

  /**
   * Returns the size of what is pointed to.
   *
   * @param memory where it is stored, since sizes depend on {@link Memory#pointerBytes()}
   * @return bytes, at least 1
   */
  public int elementSize(Memory memory) {
    return elementSize.applyAsInt(memory);
  }

  /**
   * Reads a stored pointer.
   *
   * @param memory where it is stored, and what it points into
   * @param address where it is stored
   * @return the pointer
   * @throws IllegalStateException if the bytes there are no address
   */
  public P load(Memory memory, long address) {
    return at(memory, loadAddress(memory, address));
  }

  /**
   * Reads a stored pointer without making an object.
   *
   * @param memory where it is stored, and what it points into
   * @param address where it is stored
   * @return the address that it points to; 0 if it is null
   * @throws IllegalStateException if the bytes there are no address
   */
  public static long loadAddress(Memory memory, long address) {
    if (memory.pointerBytes() == Integer.BYTES) {
      return Integer.toUnsignedLong(memory.getInt(address));
    }
    long target = memory.getLong(address);
    if (target < 0) {
      throw new IllegalStateException(
          "0x%x, stored at address %d, is no address".formatted(target, address));
    }
    return target;
  }

  /**
   * Stores a pointer in {@link Memory#pointerBytes()} bytes.
   *
   * @param memory where to store it
   * @param address where to store it
   * @param pointer a pointer into the same memory; {@code null} and the null pointer of any memory
   *     are stored as null
   * @throws IllegalArgumentException if it points into another memory, or to an address that takes
   *     more bytes
   */
  public void store(Memory memory, long address, P pointer) {
    long value = storable(memory, pointer);
    if (memory.pointerBytes() == Integer.BYTES) {
      memory.setInt(address, (int) value);
    } else {
      memory.setLong(address, value);
    }
  }

  /**
   * Returns what is stored for a pointer.
   *
   * @param memory where it is to be stored
   * @param pointer a pointer into the same memory; {@code null} and the null pointer of any memory
   *     give 0
   * @return its address
   * @throws IllegalArgumentException if it points into another memory, or to an address that takes
   *     more than {@link Memory#pointerBytes()} bytes
   */
  public static long storable(Memory memory, Pointer pointer) {
    if (pointer == null || pointer.isNull()) {
      return 0;
    }
    if (pointer.memory != memory) {
      throw new IllegalArgumentException(
          "%s points into %s, and cannot be stored in %s"
              .formatted(pointer, pointer.memory, memory));
    }
    if (memory.pointerBytes() == Integer.BYTES && pointer.address >>> Integer.SIZE != 0) {
      throw new IllegalArgumentException(
          "%s cannot be stored in 4 bytes: the memory ends at %d".formatted(pointer, memory.end()));
    }
    return pointer.address;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PointerType<?> that && target.equals(that.target);
  }

  @Override
  public int hashCode() {
    return target.hashCode();
  }

  /**
   * Returns the name of what is pointed to.
   *
   * @return such as {@code int}, {@code Point}, or {@code int*} for a pointer to pointers
   */
  @Override
  public String toString() {
    return name;
  }

  private static <P extends Pointer> PointerType<P> primitive(
      String name, int size, Factory<P> factory) {
    return new PointerType<>(name, name, memory -> size, factory);
  }

  /** Makes pointers. */
  private interface Factory<P> {
    P make(Memory memory, long address);
  }
}
