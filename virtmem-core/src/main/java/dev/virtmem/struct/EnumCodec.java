package dev.virtmem.struct;

import dev.virtmem.Memory;

/** Stores an enum constant as its ordinal, unsigned little-endian, in as few bytes as hold all. */
final class EnumCodec extends Codec {
  private static final int ONE_BYTE = 256;

  private final String member;
  private final Object[] constants;

  EnumCodec(String member, Class<?> type) {
    super(type, "enum %s(%d)".formatted(type.getSimpleName(), bytes(type)), bytes(type));
    this.member = member;
    this.constants = type.getEnumConstants();
  }

  @Override
  Object read(byte[] bytes, int at, Memory memory) {
    int ordinal = Byte.toUnsignedInt(bytes[at]);
    if (size == 2) {
      ordinal |= Byte.toUnsignedInt(bytes[at + 1]) << Byte.SIZE;
    }
    if (ordinal >= constants.length) {
      throw new IllegalStateException(
          "%s: ordinal %d in memory, but %s has %d constants"
              .formatted(member, ordinal, type.getSimpleName(), constants.length));
    }
    return constants[ordinal];
  }

  @Override
  void write(byte[] bytes, int at, Memory memory, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(member + ": null, and only a pointer may be null");
    }
    int ordinal = ((Enum<?>) value).ordinal();
    bytes[at] = (byte) ordinal;
    if (size == 2) {
      bytes[at + 1] = (byte) (ordinal >> Byte.SIZE);
    }
  }

  private static int bytes(Class<?> type) {
    return type.getEnumConstants().length <= ONE_BYTE ? 1 : 2;
  }
}
