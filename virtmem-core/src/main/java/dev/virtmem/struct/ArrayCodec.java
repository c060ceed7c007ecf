package dev.virtmem.struct;

import dev.virtmem.Memory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.reflect.Array;

/** Stores an array of a fixed number of elements, one behind the other. */
final class ArrayCodec extends Codec {
  final Codec element;
  final int count;

  private final String member;

  ArrayCodec(String member, Codec element, int count) {
    super(
        element.type.arrayType(),
        "%s[%d]".formatted(element.description, count),
        size(member, (long) element.size * count));
    this.member = member;
    this.element = element;
    this.count = count;
  }

  @Override
  Object read(byte[] bytes, int at, Memory memory) {
    Object array = Array.newInstance(element.type, count);
    if (array instanceof Object[] elements) {
      for (int i = 0; i < count; i++) {
        elements[i] = element.read(bytes, at + i * element.size, memory);
      }
    } else if (array instanceof boolean[] flags) {
      for (int i = 0; i < count; i++) {
        flags[i] = bytes[at + i] != 0;
      }
    } else {
      MemorySegment.copy(MemorySegment.ofArray(bytes), layout(), at, array, 0, count);
    }
    return array;
  }

  @Override
  void write(byte[] bytes, int at, Memory memory, Object value) {
    if (value == null || Array.getLength(value) != count) {
      throw new IllegalArgumentException(
          "%s: must have %d elements, got %s"
              .formatted(member, count, value == null ? "null" : Array.getLength(value)));
    }
    if (value instanceof Object[] elements) {
      for (int i = 0; i < count; i++) {
        element.write(bytes, at + i * element.size, memory, elements[i]);
      }
    } else if (value instanceof boolean[] flags) {
      for (int i = 0; i < count; i++) {
        bytes[at + i] = (byte) (flags[i] ? 1 : 0);
      }
    } else {
      MemorySegment.copy(value, 0, MemorySegment.ofArray(bytes), layout(), at, count);
    }
  }

  /** Returns a size of bytes, if an array of bytes can have it. */
  static int size(String where, long bytes) {
    if (bytes > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "%s: %d bytes, more than %d".formatted(where, bytes, Integer.MAX_VALUE - 8));
    }
    return (int) bytes;
  }

  private ValueLayout layout() {
    return ((PrimitiveCodec) element).layout;
  }
}
