package dev.virtmem.struct;

import dev.virtmem.DoublePointer;
import dev.virtmem.RecordReference;

/**
 * A {@code double} member of a record, or an array of them, resolved once by {@link
 * RecordType#doubleMember}.
 *
 * @param <T> the record
 */
public final class DoubleMember<T extends Record> extends Member<T> {
  DoubleMember(RecordType<T> owner, Slot slot) {
    super(owner, slot);
  }

  /**
   * Reads the member; of an array, its first element.
   *
   * @param record where the record is
   * @return the value
   */
  public double get(RecordReference<T> record) {
    return Double.longBitsToDouble(record.memory().getLong(address(record)));
  }

  /**
   * Writes the member; of an array, its first element.
   *
   * @param record where the record is
   * @param value the new value
   */
  public void set(RecordReference<T> record, double value) {
    record.memory().setLong(address(record), Double.doubleToRawLongBits(value));
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public double get(RecordReference<T> record, long index) {
    return Double.longBitsToDouble(record.memory().getLong(address(record, index)));
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value the new value
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(RecordReference<T> record, long index, double value) {
    record.memory().setLong(address(record, index), Double.doubleToRawLongBits(value));
  }

  /**
   * Returns a pointer to the member; of an array, to its first element.
   *
   * @param record where the record is
   * @return the member pointer
   */
  public DoublePointer of(RecordReference<T> record) {
    return new DoublePointer(record.memory(), address(record));
  }
}
