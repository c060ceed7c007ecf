package dev.virtmem.struct;

import dev.virtmem.RecordReference;
import dev.virtmem.ShortPointer;

/**
 * A {@code short} member of a record, or an array of them, resolved once by {@link
 * RecordType#shortMember}.
 *
 * @param <T> the record
 */
public final class ShortMember<T extends Record> extends Member<T> {
  ShortMember(RecordType<T> owner, Slot slot) {
    super(owner, slot);
  }

  /**
   * Reads the member; of an array, its first element.
   *
   * @param record where the record is
   * @return the value
   */
  public short get(RecordReference<T> record) {
    return record.memory().getShort(address(record));
  }

  /**
   * Writes the member; of an array, its first element.
   *
   * @param record where the record is
   * @param value the new value
   */
  public void set(RecordReference<T> record, short value) {
    record.memory().setShort(address(record), value);
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public short get(RecordReference<T> record, long index) {
    return record.memory().getShort(address(record, index));
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(RecordReference<T> record, long index, short value) {
    record.memory().setShort(address(record, index), value);
  }

  /**
   * Returns a pointer to the member; of an array, to its first element.
   *
   * @param record where the record is
   * @return the member pointer
   */
  public ShortPointer of(RecordReference<T> record) {
    return new ShortPointer(record.memory(), address(record));
  }
}
