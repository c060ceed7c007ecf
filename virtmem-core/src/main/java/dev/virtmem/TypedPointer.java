package dev.virtmem;

/**
 * A pointer that knows the size of what it points to, and so can count in elements.
 *
 * <p>Arithmetic is exact: instead of wrapping round, or of passing the null address, it throws. A
 * null pointer points to no element, so nothing can be added to it.
 *
 * @param <P> the pointer's own class
 */
public abstract sealed class TypedPointer<P extends TypedPointer<P>> extends Pointer
    permits BytePointer,
        BooleanPointer,
        ShortPointer,
        CharPointer,
        IntPointer,
        LongPointer,
        FloatPointer,
        DoublePointer,
        PointerPointer,
        RecordPointer {

  TypedPointer(Memory memory, long address) {
    super(memory, address);
  }

  /** Creates a pointer to an address that was checked. */
  TypedPointer(long address, Memory memory) {
    super(address, memory);
  }

  /**
   * Returns the size of an element.
   *
   * @return bytes, at least 1
   */
  public abstract int elementSize();

  @Override
  public abstract PointerType<P> type();

  /**
   * Returns a pointer of the same kind, into the same memory, to an address that the caller has
   * checked.
   */
  abstract P at(long newAddress);

  /**
   * Returns the address of an element, which need not be in the memory.
   *
   * @param index which element, counted from here; may be negative
   * @return the address, at least 1
   * @throws InvalidAddressException if this is null, or the address would not lie from 1 to 2^63 -
   *     1
   */
  public final long addressOf(long index) {
    int size = elementSize();
    long distance = index * size;
    long result = address + distance;
    // An address is never negative, so the sum can only overflow to a negative one.
    if (address == 0 || overflows(index, size, distance) || result <= 0) {
      throw unreachable(index);
    }
    return result;
  }

  /**
   * Returns the address of an element, for callers who refuse what is not an address, as the memory
   * does when it is accessed.
   */
  final long element(long index) {
    return address != 0 && index == (int) index
        ? address + index * elementSize()
        : addressOf(index);
  }

  private static boolean overflows(long index, int size, long product) {
    return index != (int) index && Math.multiplyHigh(index, size) != product >> 63;
  }

  /**
   * Points to an element further on.
   *
   * @param count how many elements, may be negative
   * @return a pointer to it
   * @throws InvalidAddressException as {@link #addressOf}
   */
  public final P plus(long count) {
    long result = element(count);
    if (result <= 0) {
      throw unreachable(count);
    }
    return at(result);
  }

  /**
   * Points to an element further back.
   *
   * @param count how many elements, may be negative
   * @return a pointer to it
   * @throws InvalidAddressException as {@link #addressOf}
   */
  public final P minus(long count) {
    // The negative of the smallest long is itself, and has no address either.
    return plus(-count);
  }

  /**
   * Returns pointers to elements from here on, to loop over:
   *
   * <pre>{@code
   * for (IntPointer p : numbers.elements(1000)) {
   *   sum += p.get();
   * }
   * }</pre>
   *
   * <p>Once compiled, such a loop makes no objects as long as its pointers stay in it, whereas
   * {@code p = p.plus(1)} round a loop makes one for each step.
   *
   * @param count how many elements, at least 0
   * @return a pointer to each of them, in ascending order. Its {@code iterator()} throws an {@link
   *     IllegalArgumentException} if the count is negative, and an {@link InvalidAddressException}
   *     as {@link #addressOf} does for the count
   */
  public abstract Iterable<P> elements(long count);

  /** Checks that so many elements from here on have addresses, and what is behind them. */
  final void checkCount(long count) {
    if (count < 0) {
      throw new IllegalArgumentException("a count must be at least 0, got " + count);
    }
    if (count > 0) {
      addressOf(count);
    }
  }

  /**
   * Returns how many elements this is behind another pointer.
   *
   * @param other a pointer into the same memory
   * @return the distance, negative if this is before the other one
   * @throws IllegalArgumentException if the other one points into another memory, or the distance
   *     is not a whole number of elements
   */
  public final long minus(P other) {
    checkSameMemory(other);
    long distance = address - ((Pointer) other).address;
    if (distance % elementSize() != 0) {
      throw new IllegalArgumentException(
          "%s and %s are %d bytes apart: not a multiple of %d"
              .formatted(this, other, distance, elementSize()));
    }
    return distance / elementSize();
  }

  /**
   * Returns the null pointer of this type and memory.
   *
   * @return a pointer to address 0
   */
  public final P nullPointer() {
    return at(0);
  }

  private InvalidAddressException unreachable(long index) {
    return new InvalidAddressException(
        isNull()
            ? "element " + index + " of a null pointer"
            : "element %d of %s has no address: elements have %d bytes, addresses are 1 to 2^63 - 1"
                .formatted(index, this, elementSize()));
  }
}
