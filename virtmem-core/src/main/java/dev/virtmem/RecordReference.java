package dev.virtmem;

import dev.virtmem.struct.RecordType;

/**
 * Where a record is: what a member ({@link dev.virtmem.struct.Member}) is read from and written to.
 * Pointers are immutable; the other forms move, and so save an object per step.
 *
 * @param <T> the record
 */
public sealed interface RecordReference<T extends Record>
    permits RecordPointer, RecordPointer.Cursor, RecordWalker {
  /**
   * Returns the memory that holds the record.
   *
   * @return the memory
   */
  Memory memory();

  /**
   * Returns where the record is.
   *
   * @return its address in bytes; 0 if there is none
   */
  long address();

  /**
   * Returns how the record is laid out.
   *
   * @return the record's type
   */
  RecordType<T> recordType();
}
