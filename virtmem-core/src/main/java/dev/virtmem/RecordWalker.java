package dev.virtmem;

import dev.virtmem.struct.PointerMember;
import dev.virtmem.struct.RecordType;

/**
 * Follows pointers from record to record, through a list or a tree, without making a pointer for
 * each:
 *
 * <pre>{@code
 * for (RecordWalker<Node> w = head.walker(); !w.isNull(); w.follow(NEXT)) {
 *   sum += VALUE.get(w);
 * }
 * }</pre>
 *
 * @param <T> the record
 */
public final class RecordWalker<T extends Record> implements RecordReference<T> {
  private final Memory memory;
  private final RecordType<T> type;
  private long address;

  RecordWalker(RecordPointer<T> start) {
    this.memory = start.memory;
    this.type = start.recordType();
    this.address = start.address;
  }

  @Override
  public Memory memory() {
    return memory;
  }

  @Override
  public long address() {
    return address;
  }

  @Override
  public RecordType<T> recordType() {
    return type;
  }

  /**
   * Tells whether the last pointer followed was null.
   *
   * @return whether there is no record here
   */
  public boolean isNull() {
    return address == 0;
  }

  /**
   * Goes to the record that a member of this one points to.
   *
   * @param member a pointer to a record of the same type
   */
  public void follow(PointerMember<T, RecordPointer<T>> member) {
    address = member.targetAddress(this);
  }

  /**
   * Goes to a record.
   *
   * @param pointer where it is, in the same memory
   * @throws IllegalArgumentException if it points into another memory
   */
  public void moveTo(RecordPointer<T> pointer) {
    if (pointer.memory != memory) {
      throw new IllegalArgumentException(pointer + " points into another memory than this walker");
    }
    address = pointer.address;
  }

  /**
   * Reads the whole record.
   *
   * @return the record
   */
  public T get() {
    return type.read(memory, address);
  }

  /**
   * Writes the whole record.
   *
   * @param value the record
   */
  public void set(T value) {
    type.write(memory, address, value);
  }

  /**
   * Returns where this is.
   *
   * @return a pointer to the record
   */
  public RecordPointer<T> pointer() {
    return new RecordPointer<>(type, memory, address);
  }
}
