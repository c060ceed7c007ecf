package dev.virtmem.struct;

import dev.virtmem.InvalidAddressException;
import dev.virtmem.RecordReference;
import java.util.Objects;

/**
 * A member of a record, resolved once, so that reading and writing it is one small access of the
 * memory and makes no objects:
 *
 * <pre>{@code
 * IntMember<Point> x = RecordType.of(Point.class, memory).intMember("x");
 * x.set(p, x.get(p) + 1);
 * }</pre>
 *
 * <p>Accesses throw {@link InvalidAddressException} if the pointer is null or the member lies
 * outside of the memory, and {@link IllegalArgumentException} if the record is laid out for
 * pointers of another size than the member's. Members are immutable; any thread may use them.
 *
 * @param <T> the record
 */
public abstract sealed class Member<T extends Record>
    permits ByteMember,
        BooleanMember,
        ShortMember,
        CharMember,
        IntMember,
        LongMember,
        FloatMember,
        DoubleMember,
        PointerMember,
        RecordMember,
        ValueMember {
  private final RecordType<T> owner;
  private final String name;
  private final int offset;
  private final int elementSize;
  private final int length;

  Member(RecordType<T> owner, Slot slot) {
    this.owner = owner;
    this.name = slot.name();
    this.offset = slot.offset();
    this.elementSize = slot.element().size;
    this.length = slot.count();
  }

  /**
   * Returns the name or path by which this was resolved.
   *
   * @return such as {@code origin.x}
   */
  public final String name() {
    return name;
  }

  /**
   * Returns where the member lies.
   *
   * @return bytes from the start of the record
   */
  public final int offset() {
    return offset;
  }

  /**
   * Returns how many elements the member has.
   *
   * @return the size of an array; 1 of another member
   */
  public final int length() {
    return length;
  }

  /**
   * Returns the record and the member's name.
   *
   * @return such as {@code Point.x}
   */
  @Override
  public final String toString() {
    return owner.recordClass().getSimpleName() + "." + name;
  }

  final long address(RecordReference<T> record) {
    if (record.recordType() != owner) {
      throw new IllegalArgumentException(
          "%s was resolved for pointers of %d bytes, the memory has pointers of %d"
              .formatted(this, owner.pointerBytes(), record.recordType().pointerBytes()));
    }
    long address = record.address();
    if (address == 0) {
      throw new InvalidAddressException("member " + this + " of a null pointer");
    }
    return address + offset;
  }

  final long address(RecordReference<T> record, long index) {
    return address(record) + Objects.checkIndex(index, length) * elementSize;
  }

  final RecordType<T> owner() {
    return owner;
  }
}
