package dev.virtmem.struct;

import dev.virtmem.BooleanPointer;
import dev.virtmem.RecordReference;

/**
 * A {@code boolean} member of a record, or an array of them, resolved once by {@link
 * RecordType#booleanMember}.
 *
 * @param <T> the record
 */
public final class BooleanMember<T extends Record> extends Member<T> {
  BooleanMember(RecordType<T> owner, Slot slot) {
    super(owner, slot);
  }

  /**
   * Reads the member; of an array, its first element.
   *
   * @param record where the record is
   * @return the value
   */
  public boolean get(RecordReference<T> record) {
    return record.memory().getByte(address(record)) != 0;
  }

  /**
   * Writes the member; of an array, its first element.
   *
   * @param record where the record is
   * @param value the new value
   */
  public void set(RecordReference<T> record, boolean value) {
    record.memory().setByte(address(record), (byte) (value ? 1 : 0));
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public boolean get(RecordReference<T> record, long index) {
    return record.memory().getByte(address(record, index)) != 0;
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(RecordReference<T> record, long index, boolean value) {
    record.memory().setByte(address(record, index), (byte) (value ? 1 : 0));
  }

  /**
   * Returns a pointer to the member; of an array, to its first element.
   *
   * @param record where the record is
   * @return the member pointer
   */
  public BooleanPointer of(RecordReference<T> record) {
    return new BooleanPointer(record.memory(), address(record));
  }
}
