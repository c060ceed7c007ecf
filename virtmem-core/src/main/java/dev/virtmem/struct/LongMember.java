package dev.virtmem.struct;

import dev.virtmem.LongPointer;
import dev.virtmem.RecordReference;

/**
 * A {@code long} member of a record, or an array of them, resolved once by {@link
 * RecordType#longMember}.
 *
 * @param <T> the record
 */
public final class LongMember<T extends Record> extends Member<T> {
  LongMember(RecordType<T> owner, Slot slot) {
    super(owner, slot);
  }

  /**
   * Reads the member; of an array, its first element.
   *
   * @param record where the record is
   * @return the value
   */
  public long get(RecordReference<T> record) {
    return record.memory().getLong(address(record));
  }

  /**
   * Writes the member; of an array, its first element.
   *
   * @param record where the record is
   * @param value the new value
   */
  public void set(RecordReference<T> record, long value) {
    record.memory().setLong(address(record), value);
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public long get(RecordReference<T> record, long index) {
    return record.memory().getLong(address(record, index));
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(RecordReference<T> record, long index, long value) {
    record.memory().setLong(address(record, index), value);
  }

  /**
   * Returns a pointer to the member; of an array, to its first element.
   *
   * @param record where the record is
   * @return the member pointer
   */
  public LongPointer of(RecordReference<T> record) {
    return new LongPointer(record.memory(), address(record));
  }
}
