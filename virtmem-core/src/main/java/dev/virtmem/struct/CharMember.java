package dev.virtmem.struct;

import dev.virtmem.CharPointer;
import dev.virtmem.RecordReference;

/**
 * A {@code char} member of a record, or an array of them, resolved once by {@link
 * RecordType#charMember}.
 *
 * @param <T> the record
 */
public final class CharMember<T extends Record> extends Member<T> {
  CharMember(RecordType<T> owner, Slot slot) {
    super(owner, slot);
  }

  /**
   * Reads the member; of an array, its first element.
   *
   * @param record where the record is
   * @return the value
   */
  public char get(RecordReference<T> record) {
    return (char) record.memory().getShort(address(record));
  }

  /**
   * Writes the member; of an array, its first element.
   *
   * @param record where the record is
   * @param value the new value
   */
  public void set(RecordReference<T> record, char value) {
    record.memory().setShort(address(record), (short) value);
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public char get(RecordReference<T> record, long index) {
    return (char) record.memory().getShort(address(record, index));
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(RecordReference<T> record, long index, char value) {
    record.memory().setShort(address(record, index), (short) value);
  }

  /**
   * Returns a pointer to the member; of an array, to its first element.
   *
   * @param record where the record is
   * @return the member pointer
   */
  public CharPointer of(RecordReference<T> record) {
    return new CharPointer(record.memory(), address(record));
  }
}
