package dev.virtmem.struct;

import dev.virtmem.Pointer;
import dev.virtmem.PointerPointer;
import dev.virtmem.PointerType;
import dev.virtmem.RecordReference;

/**
 * A pointer in a record, or an array of them, resolved once by {@link RecordType#pointerMember}. It
 * points into the memory that holds the record.
 *
 * @param <T> the record
 * @param <P> the class of the pointer
 */
public final class PointerMember<T extends Record, P extends Pointer> extends Member<T> {
  private final PointerType<P> target;

  PointerMember(RecordType<T> owner, Slot slot, PointerType<P> target) {
    super(owner, slot);
    this.target = target;
  }

  /**
   * Reads the pointer; of an array, its first element.
   *
   * @param record where the record is
   * @return the stored pointer
   */
  public P get(RecordReference<T> record) {
    return target.load(record.memory(), address(record));
  }

  /**
   * Writes the pointer; of an array, its first element.
   *
   * @param record where the record is
   * @param value a pointer into the same memory; {@code null} is stored as the null pointer
   * @throws IllegalArgumentException if it points into another memory
   */
  public void set(RecordReference<T> record, P value) {
    target.store(record.memory(), address(record), value);
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the stored pointer
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public P get(RecordReference<T> record, long index) {
    return target.load(record.memory(), address(record, index));
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value a pointer into the same memory; {@code null} is stored as the null pointer
   * @throws IndexOutOfBoundsException if there is no such element
   * @throws IllegalArgumentException if it points into another memory
   */
  public void set(RecordReference<T> record, long index, P value) {
    target.store(record.memory(), address(record, index), value);
  }

  /**
   * Reads the pointer without making an object; of an array, its first element.
   *
   * @param record where the record is
   * @return the address that it points to; 0 if it is null
   */
  public long targetAddress(RecordReference<T> record) {
    return PointerType.loadAddress(record.memory(), address(record));
  }

  /**
   * Reads an element of an array without making an object.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the address that it points to; 0 if it is null
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public long targetAddress(RecordReference<T> record, long index) {
    return PointerType.loadAddress(record.memory(), address(record, index));
  }

  /**
   * Returns a pointer to the member; of an array, to its first element.
   *
   * @param record where the record is
   * @return the member pointer
   */
  public PointerPointer<P> of(RecordReference<T> record) {
    return new PointerPointer<>(record.memory(), address(record), target);
  }
}
