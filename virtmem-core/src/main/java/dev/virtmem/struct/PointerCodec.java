package dev.virtmem.struct;

import dev.virtmem.Memory;
import dev.virtmem.Pointer;
import dev.virtmem.PointerType;

/** Stores a pointer as its address, unsigned little-endian, in 4 or 8 bytes; null as 0. */
final class PointerCodec extends Codec {
  /** What the pointer points to. */
  final PointerType<?> target;

  private final String member;

  PointerCodec(String member, Class<?> type, PointerType<?> target, int pointerBytes) {
    super(type, target + "*", pointerBytes);
    this.member = member;
    this.target = target;
  }

  @Override
  Object read(byte[] bytes, int at, Memory memory) {
    long address = 0;
    for (int i = size - 1; i >= 0; i--) {
      address = address << Byte.SIZE | Byte.toUnsignedLong(bytes[at + i]);
    }
    if (address < 0) {
      throw new IllegalStateException(
          "%s: 0x%x in memory is no address".formatted(member, address));
    }
    return target.at(memory, address);
  }

  @Override
  void write(byte[] bytes, int at, Memory memory, Object value) {
    long address = storable(memory, (Pointer) value);
    for (int i = 0; i < size; i++) {
      bytes[at + i] = (byte) (address >>> i * Byte.SIZE);
    }
  }

  private long storable(Memory memory, Pointer pointer) {
    try {
      return PointerType.storable(memory, pointer);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(member + ": " + e.getMessage(), e);
    }
  }
}
