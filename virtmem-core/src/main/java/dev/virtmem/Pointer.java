package dev.virtmem;

/**
 * A place in a memory: an immutable value of a memory and an address. This class itself is the
 * typeless pointer; its subclasses know what they point to, and {@link #as} casts between them.
 *
 * <p>Address 0 is the null pointer; each memory has one. A pointer may hold any address, also one
 * outside of its memory: accesses are checked, by the memory, and throw {@link
 * InvalidAddressException} as well as what else {@link Memory} names. Pointers are equal if they
 * have the same memory and address, whatever they point to.
 */
public sealed class Pointer implements Comparable<Pointer> permits TypedPointer {
  final Memory memory;
  final long address;

  /**
   * Creates a typeless pointer.
   *
   * @param memory what it points into
   * @param address where, at least 0; 0 gives the null pointer
   * @throws IllegalArgumentException if the address is negative
   */
  public Pointer(Memory memory, long address) {
    if (memory == null) {
      throw new NullPointerException("memory");
    }
    if (address < 0) {
      throw new IllegalArgumentException("an address must be at least 0, got " + address);
    }
    this.memory = memory;
    this.address = address;
  }

  /** Creates a pointer to an address that was checked, by a signature that tells it apart. */
  Pointer(long address, Memory memory) {
    this.memory = memory;
    this.address = address;
  }

  /**
   * Returns what this points into.
   *
   * @return the memory, also of a null pointer
   */
  public final Memory memory() {
    return memory;
  }

  /**
   * Returns where this points to.
   *
   * @return the address in bytes; 0 of a null pointer
   */
  public final long address() {
    return address;
  }

  /**
   * Tells whether this is the null pointer.
   *
   * @return whether the address is 0
   */
  public final boolean isNull() {
    return address == 0;
  }

  /**
   * Returns what this points to.
   *
   * @return the type, for {@link #as}
   */
  public PointerType<? extends Pointer> type() {
    return PointerType.VOID;
  }

  /**
   * Casts.
   *
   * @param <P> the pointer's class
   * @param type what the new pointer points to
   * @return a pointer to the same place
   */
  public final <P extends Pointer> P as(PointerType<P> type) {
    return type.at(memory, address);
  }

  /**
   * Casts to a pointer to bytes.
   *
   * @return a pointer to the same place
   */
  public final BytePointer asBytes() {
    return new BytePointer(memory, address);
  }

  /**
   * Casts to a pointer to booleans.
   *
   * @return a pointer to the same place
   */
  public final BooleanPointer asBooleans() {
    return new BooleanPointer(memory, address);
  }

  /**
   * Casts to a pointer to shorts.
   *
   * @return a pointer to the same place
   */
  public final ShortPointer asShorts() {
    return new ShortPointer(memory, address);
  }

  /**
   * Casts to a pointer to chars.
   *
   * @return a pointer to the same place
   */
  public final CharPointer asChars() {
    return new CharPointer(memory, address);
  }

  /**
   * Casts to a pointer to ints.
   *
   * @return a pointer to the same place
   */
  public final IntPointer asInts() {
    return new IntPointer(memory, address);
  }

  /**
   * Casts to a pointer to longs.
   *
   * @return a pointer to the same place
   */
  public final LongPointer asLongs() {
    return new LongPointer(memory, address);
  }

  /**
   * Casts to a pointer to floats.
   *
   * @return a pointer to the same place
   */
  public final FloatPointer asFloats() {
    return new FloatPointer(memory, address);
  }

  /**
   * Casts to a pointer to doubles.
   *
   * @return a pointer to the same place
   */
  public final DoublePointer asDoubles() {
    return new DoublePointer(memory, address);
  }

  /**
   * Casts to a pointer to records.
   *
   * @param <T> the record
   * @param record its class
   * @return a pointer to the same place
   * @throws IllegalArgumentException if the class cannot be laid out, see {@link
   *     dev.virtmem.struct.RecordType}
   */
  public final <T extends Record> RecordPointer<T> asRecords(Class<T> record) {
    return as(PointerType.record(record));
  }

  /**
   * Compares addresses.
   *
   * @param other a pointer into the same memory
   * @return less than, equal to, or more than 0
   * @throws IllegalArgumentException if the other one points into another memory
   */
  @Override
  public final int compareTo(Pointer other) {
    checkSameMemory(other);
    return Long.compare(address, other.address);
  }

  @Override
  public final boolean equals(Object other) {
    return other instanceof Pointer that && memory == that.memory && address == that.address;
  }

  @Override
  public final int hashCode() {
    return 31 * System.identityHashCode(memory) + Long.hashCode(address);
  }

  /**
   * Returns the type and the address.
   *
   * @return such as {@code int* 4096}
   */
  @Override
  public final String toString() {
    return type() + "* " + (isNull() ? "null" : Long.toString(address));
  }

  final void checkSameMemory(Pointer other) {
    if (memory != other.memory) {
      throw new IllegalArgumentException(
          "%s and %s point into different memories: %s and %s"
              .formatted(this, other, memory, other.memory));
    }
  }
}
