package dev.virtmem.struct;

import dev.virtmem.BytePointer;
import dev.virtmem.RecordReference;

/**
 * A {@code byte} member of a record, or an array of them, resolved once by {@link
 * RecordType#byteMember}.
 *
 * @param <T> the record
 */
public final class ByteMember<T extends Record> extends Member<T> {
  ByteMember(RecordType<T> owner, Slot slot) {
    super(owner, slot);
  }

  /**
   * Reads the member; of an array, its first element.
   *
   * @param record where the record is
   * @return the value
   */
  public byte get(RecordReference<T> record) {
    return record.memory().getByte(address(record));
  }

  /**
   * Writes the member; of an array, its first element.
   *
   * @param record where the record is
   * @param value the new value
   */
  public void set(RecordReference<T> record, byte value) {
    record.memory().setByte(address(record), value);
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public byte get(RecordReference<T> record, long index) {
    return record.memory().getByte(address(record, index));
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(RecordReference<T> record, long index, byte value) {
    record.memory().setByte(address(record, index), value);
  }

  /**
   * Returns a pointer to the member; of an array, to its first element.
   *
   * @param record where the record is
   * @return the member pointer
   */
  public BytePointer of(RecordReference<T> record) {
    return new BytePointer(record.memory(), address(record));
  }
}
