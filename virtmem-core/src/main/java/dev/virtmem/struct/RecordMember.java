package dev.virtmem.struct;

import dev.virtmem.RecordPointer;
import dev.virtmem.RecordReference;

/**
 * A record in a record, or an array of them, resolved once by {@link RecordType#recordMember}.
 *
 * @param <T> the outer record
 * @param <R> the inner record
 */
public final class RecordMember<T extends Record, R extends Record> extends Member<T> {
  private final RecordType<R> inner;

  RecordMember(RecordType<T> owner, Slot slot, Class<R> inner) {
    super(owner, slot);
    this.inner = RecordType.of(inner, owner.pointerBytes());
  }

  /**
   * Reads the inner record; of an array, its first element.
   *
   * @param record where the outer record is
   * @return the inner record
   */
  public R get(RecordReference<T> record) {
    return inner.read(record.memory(), address(record));
  }

  /**
   * Writes the inner record; of an array, its first element.
   *
   * @param record where the outer record is
   * @param value the inner record
   */
  public void set(RecordReference<T> record, R value) {
    inner.write(record.memory(), address(record), value);
  }

  /**
   * Reads an element of an array.
   *
   * @param record where the outer record is
   * @param index which element, 0 to {@link #length()} - 1
   * @return the inner record
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public R get(RecordReference<T> record, long index) {
    return inner.read(record.memory(), address(record, index));
  }

  /**
   * Writes an element of an array.
   *
   * @param record where the outer record is
   * @param index which element, 0 to {@link #length()} - 1
   * @param value the inner record
   * @throws IndexOutOfBoundsException if there is no such element
   */
  public void set(RecordReference<T> record, long index, R value) {
    inner.write(record.memory(), address(record, index), value);
  }

  /**
   * Returns a pointer to the inner record; of an array, to its first element.
   *
   * @param record where the outer record is
   * @return the member pointer
   */
  public RecordPointer<R> of(RecordReference<T> record) {
    return new RecordPointer<>(record.memory(), address(record), inner);
  }
}
