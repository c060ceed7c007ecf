package dev.virtmem;

import java.util.Iterator;

/**
 * A pointer to stored pointers, each {@link Memory#pointerBytes()} bytes, little-endian, that point
 * into the same memory.
 *
 * @param <P> the class of the stored pointers
 */
public final class PointerPointer<P extends Pointer> extends TypedPointer<PointerPointer<P>> {
  private final PointerType<P> target;

  /**
   * Creates a pointer.
   *
   * @param memory what it points into
   * @param address where, at least 0; 0 gives the null pointer
   * @param target what the stored pointers point to
   * @throws IllegalArgumentException if the address is negative
   */
  public PointerPointer(Memory memory, long address, PointerType<P> target) {
    super(memory, address);
    this.target = target;
  }

  private PointerPointer(long address, Memory memory, PointerType<P> target) {
    super(address, memory);
    this.target = target;
  }

  /**
   * Reads the pointer pointed to.
   *
   * @return the stored pointer
   */
  public P get() {
    return target.load(memory, address);
  }

  /**
   * Writes the pointer pointed to.
   *
   * @param value a pointer into the same memory; {@code null} is stored as the null pointer
   * @throws IllegalArgumentException if it points into another memory
   */
  public void set(P value) {
    target.store(memory, address, value);
  }

  /**
   * Reads a pointer.
   *
   * @param index which pointer, counted from here; may be negative
   * @return the stored pointer
   */
  public P get(long index) {
    return target.load(memory, addressOf(index));
  }

  /**
   * Writes a pointer.
   *
   * @param index which pointer, counted from here; may be negative
   * @param value a pointer into the same memory; {@code null} is stored as the null pointer
   * @throws IllegalArgumentException if it points into another memory
   */
  public void set(long index, P value) {
    target.store(memory, addressOf(index), value);
  }

  /**
   * Returns a cursor over pointers from here on.
   *
   * @param count how many pointers it visits, at least 0
   * @return a cursor before the first one
   * @throws IllegalArgumentException if the count is negative
   */
  public Cursor<P> cursor(long count) {
    return new Cursor<>(this, count);
  }

  @Override
  public Iterable<PointerPointer<P>> elements(long count) {
    return new ElementRange<>(this, count) {
      @Override
      public Iterator<PointerPointer<P>> iterator() {
        return new Steps<>(this) {
          @Override
          public PointerPointer<P> next() {
            return new PointerPointer<>(advance(), memory, target);
          }
        };
      }
    };
  }

  @Override
  public int elementSize() {
    return memory.pointerBytes();
  }

  @Override
  public PointerType<PointerPointer<P>> type() {
    return PointerType.pointer(target);
  }

  @Override
  PointerPointer<P> at(long newAddress) {
    return new PointerPointer<>(newAddress, memory, target);
  }

  /**
   * Steps through stored pointers.
   *
   * @param <P> the class of the stored pointers
   */
  public static final class Cursor<P extends Pointer> extends PointerCursor {
    private final PointerType<P> target;

    private Cursor(PointerPointer<P> first, long count) {
      super(first, count);
      this.target = first.target;
    }

    /**
     * Reads the current pointer.
     *
     * @return the stored pointer
     */
    public P get() {
      return target.load(memory, address);
    }

    /**
     * Writes the current pointer.
     *
     * @param value a pointer into the same memory; {@code null} is stored as the null pointer
     * @throws IllegalArgumentException if it points into another memory
     */
    public void set(P value) {
      target.store(memory, address, value);
    }
  }
}
