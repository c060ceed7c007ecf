package dev.virtmem.struct;

import dev.virtmem.Pointer;
import dev.virtmem.RecordReference;
import java.lang.foreign.MemorySegment;

/**
 * A member of any kind as an object, resolved once by {@link RecordType#member(String, Class)}: for
 * strings, enums and whole arrays. An access makes the object and a small buffer.
 *
 * @param <T> the record
 * @param <V> the member's class
 */
public final class ValueMember<T extends Record, V> extends Member<T> {
  private final Codec codec;
  private final Class<V> type;

  ValueMember(RecordType<T> owner, Slot slot, Class<V> type) {
    super(owner, slot);
    this.codec = slot.codec();
    this.type = type;
  }

  /**
   * Reads the member.
   *
   * @param record where the record is
   * @return its value
   * @throws IllegalStateException if the bytes there are no such value
   */
  public V get(RecordReference<T> record) {
    byte[] bytes = new byte[codec.size];
    record.memory().read(address(record), MemorySegment.ofArray(bytes));
    return type.cast(codec.read(bytes, 0, record.memory()));
  }

  /**
   * Writes the member.
   *
   * @param record where the record is
   * @param value its new value
   * @throws IllegalArgumentException if the value does not fit, see {@link RecordType#write}
   */
  public void set(RecordReference<T> record, V value) {
    byte[] bytes = new byte[codec.size];
    codec.write(bytes, 0, record.memory(), value);
    record.memory().write(address(record), MemorySegment.ofArray(bytes));
  }

  /**
   * Returns a pointer to the member.
   *
   * @param record where the record is
   * @return a typeless pointer to its first byte
   */
  public Pointer of(RecordReference<T> record) {
    return new Pointer(record.memory(), address(record));
  }
}
