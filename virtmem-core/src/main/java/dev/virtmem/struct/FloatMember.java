package dev.virtmem.struct;

import dev.virtmem.FloatPointer;
import dev.virtmem.RecordReference;

/**
 * A {@code float} member of a record, or an array of them, resolved once by {@link
 * RecordType#floatMember}.
 *
 * @param <T> the record
 */
public final class FloatMember<T extends Record> extends Member<T> {
  FloatMember(RecordType<T> owner, Slot slot) {
    super(owner, slot);
  }

  /**
   * Reads the member; of an array, its first element.
   *
   * @param record where the record is
   * @return the value
   */
  public float get(RecordReference<T> record) {
    return Float.intBitsToFloat(record.memory().getInt(address(record)));
  }

  /**
   * Writes the member; of an array, its first element.
   *
   * @param record where the record is
   * @param value the new value
   */
  public void set(RecordReference<T> record, float value) {
    record.memory().setInt(address(record), Float.floatToRawIntBits(value));
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public float get(RecordReference<T> record, long index) {
    return Float.intBitsToFloat(record.memory().getInt(address(record, index)));
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(RecordReference<T> record, long index, float value) {
    record.memory().setInt(address(record, index), Float.floatToRawIntBits(value));
  }

  /**
   * Returns a pointer to the member; of an array, to its first element.
   *
   * @param record where the record is
   * @return the member pointer
   */
  public FloatPointer of(RecordReference<T> record) {
    return new FloatPointer(record.memory(), address(record));
  }
}
