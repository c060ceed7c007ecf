package dev.virtmem;

import dev.virtmem.cache.PageCache;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Objects;

/** Moves arrays of numbers, and changes their byte order where the machine has another one. */
final class BulkTransfer {
  /** Bytes of the buffer through which numbers go if their byte order has to change. */
  private static final int CHUNK = 256;

  private BulkTransfer() {}

  /**
   * Reads {@code count} numbers into an array of theirs: page by page as long as that takes a copy
   * and nothing else, the rest as it comes.
   */
  static void read(
      Memory memory, long address, ValueLayout layout, Object array, int from, int count) {
    long size = layout.byteSize();
    int done = 0;
    for (int part; (part = direct(memory, address + done * size, size, count - done)) > 0; ) {
      int index = memory.readIndex(address + done * size, part * size);
      if (index < 0) {
        break;
      }
      MemorySegment.copy(memory.cache().frames(), layout, index, array, from + done, part);
      done += part;
    }
    read(memory, address + done * size, layout, segment(array), from + done, count - done);
  }

  /** Writes {@code count} numbers from an array of theirs, as {@link #read} does. */
  static void write(
      Memory memory, long address, ValueLayout layout, Object array, int from, int count) {
    long size = layout.byteSize();
    AddressRange.check(memory, address, count * size);
    int done = 0;
    for (int part; (part = direct(memory, address + done * size, size, count - done)) > 0; ) {
      int index = memory.writeIndex(address + done * size, part * size);
      if (index < 0) {
        break;
      }
      MemorySegment.copy(array, from + done, memory.cache().frames(), layout, index, part);
      done += part;
    }
    write(memory, address + done * size, layout, segment(array), from + done, count - done);
  }

  /** Returns how many whole numbers from an address on lie in its page. */
  private static int direct(Memory memory, long address, long size, int most) {
    PageCache cache = memory.cache();
    return cache == null || most == 0 ? 0 : (int) (cache.inPage(address, most * size) / size);
  }

  private static MemorySegment segment(Object array) {
    return switch (array) {
      case byte[] bytes -> MemorySegment.ofArray(bytes);
      case short[] shorts -> MemorySegment.ofArray(shorts);
      case char[] chars -> MemorySegment.ofArray(chars);
      case int[] ints -> MemorySegment.ofArray(ints);
      case long[] longs -> MemorySegment.ofArray(longs);
      case float[] floats -> MemorySegment.ofArray(floats);
      case double[] doubles -> MemorySegment.ofArray(doubles);
      default -> throw new IllegalArgumentException("no array of numbers: " + array.getClass());
    };
  }

  /** Reads {@code count} numbers, which {@code layout} describes as they are in the memory. */
  static void read(
      Memory memory, long address, ValueLayout layout, MemorySegment array, int from, int count) {
    MemorySegment target = slice(array, layout, from, count);
    if (isNative(layout)) {
      memory.read(address, target);
      return;
    }
    AddressRange.check(memory, address, target.byteSize());
    MemorySegment buffer = MemorySegment.ofArray(new byte[CHUNK]);
    for (long at = 0; at < target.byteSize(); at += CHUNK) {
      long length = Math.min(CHUNK, target.byteSize() - at);
      memory.read(address + at, buffer.asSlice(0, length));
      convert(buffer, layout, 0, target, nativeOf(layout), at, length);
    }
  }

  /** Writes {@code count} numbers, which {@code layout} describes as they are in the memory. */
  static void write(
      Memory memory, long address, ValueLayout layout, MemorySegment array, int from, int count) {
    MemorySegment source = slice(array, layout, from, count);
    if (isNative(layout)) {
      memory.write(address, source);
      return;
    }
    AddressRange.check(memory, address, source.byteSize());
    MemorySegment buffer = MemorySegment.ofArray(new byte[CHUNK]);
    for (long at = 0; at < source.byteSize(); at += CHUNK) {
      long length = Math.min(CHUNK, source.byteSize() - at);
      convert(source, nativeOf(layout), at, buffer, layout, 0, length);
      memory.write(address + at, buffer.asSlice(0, length));
    }
  }

  private static MemorySegment slice(MemorySegment array, ValueLayout layout, int from, int count) {
    long size = layout.byteSize();
    Objects.checkFromIndexSize(from, count, (int) (array.byteSize() / size));
    return array.asSlice(from * size, count * size);
  }

  private static boolean isNative(ValueLayout layout) {
    return layout.order() == ByteOrder.nativeOrder();
  }

  private static ValueLayout nativeOf(ValueLayout layout) {
    return layout.withOrder(ByteOrder.nativeOrder());
  }

  private static void convert(
      MemorySegment from,
      ValueLayout fromLayout,
      long fromOffset,
      MemorySegment to,
      ValueLayout toLayout,
      long toOffset,
      long length) {
    MemorySegment.copy(
        from, fromLayout, fromOffset, to, toLayout, toOffset, length / fromLayout.byteSize());
  }
}
