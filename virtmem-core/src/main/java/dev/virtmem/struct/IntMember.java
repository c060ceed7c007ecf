package dev.virtmem.struct;

import dev.virtmem.IntPointer;
import dev.virtmem.RecordReference;

/**
 * An {@code int} member of a record, or an array of them, resolved once by {@link
 * RecordType#intMember}.
 *
 * @param <T> the record
 */
public final class IntMember<T extends Record> extends Member<T> {
  IntMember(RecordType<T> owner, Slot slot) {
    super(owner, slot);
  }

  /**
   * Reads the member; of an array, its first element.
   *
   * @param record where the record is
   * @return the value
   */
  public int get(RecordReference<T> record) {
    return record.memory().getInt(address(record));
  }

  /**
   * Writes the member; of an array, its first element.
   *
   * @param record where the record is
   * @param value the new value
   */
  public void set(RecordReference<T> record, int value) {
    record.memory().setInt(address(record), value);
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public int get(RecordReference<T> record, long index) {
    return record.memory().getInt(address(record, index));
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(RecordReference<T> record, long index, int value) {
    record.memory().setInt(address(record, index), value);
  }

  /**
   * Returns a pointer to the member; of an array, to its first element.
   *
   * @param record where the record is
   * @return the member pointer
   */
  public IntPointer of(RecordReference<T> record) {
    return new IntPointer(record.memory(), address(record));
  }
}
