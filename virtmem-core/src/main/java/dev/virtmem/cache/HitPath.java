package dev.virtmem.cache;

import dev.virtmem.alloc.PoolBytes;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Accesses to single numbers: a look-up, a comparison and an array access where the page is in a
 * frame and valid as a whole, else the pager's business.
 *
 * <p>The hit path needs no mutex: a confined cache checks its thread, a shared one never takes it.
 */
abstract sealed class HitPath implements PoolBytes permits PageCache {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  final byte[] memory;
  final Counters counters;
  final Access access;

  /** The only thread that may use a confined cache; null if shared or closed. */
  Thread owner;

  /** Hits of this path; the others are counted where they are found. */
  long directHits;

  private final MemorySegment memorySegment;
  private final long[] dirty;
  private final char[] entries;
  private final PageTable table;
  private final int pageShift;
  final int pageMask;
  private final int sectorShift;

  /** The last offsets in a page where numbers of 2, 4 and 8 bytes may start. */
  private final int last2;

  private final int last4;
  private final int last8;
  final long end;

  HitPath(CacheParts parts) {
    access = parts.access;
    counters = parts.counters;
    memory = parts.frames.memory;
    memorySegment = MemorySegment.ofArray(memory);
    dirty = parts.frames.dirty;
    table = parts.table;
    entries = table.entries;
    pageShift = parts.frames.pageShift;
    pageMask = parts.frames.pageSize - 1;
    sectorShift = parts.frames.sectorShift;
    last2 = parts.frames.pageSize - 2;
    last4 = parts.frames.pageSize - 4;
    last8 = parts.frames.pageSize - 8;
    end = parts.end;
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  /** Checks that the current thread may use the cache, and keeps others out. */
  public abstract void enter();

  /** Ends what {@link #enter()} began. */
  public abstract void exit();

  /** Checks that a range can be accessed. */
  abstract void checkRange(long address, long length);

  /**
   * Reads a byte.
   *
   * @param address where
   * @return the byte
   */
  public byte getByte(long address) {
    int index = directIndex(address, pageMask);
    if (index >= 0) {
      directHits++;
      return memory[index];
    }
    return (byte) load(address, 1);
  }

  /**
   * Writes a byte.
   *
   * @param address where
   * @param value the byte
   */
  public void setByte(long address, byte value) {
    int offset = (int) address & pageMask;
    int frame = offset <= pageMask ? directFrame(address) : -1;
    if (frame >= 0) {
      directHits++;
      memory[(frame << pageShift) + offset] = value;
      markDirty(frame, offset, 1);
      return;
    }
    save(address, 1, value);
  }

  /**
   * Reads 2 bytes.
   *
   * @param address where
   * @return the number
   */
  public short getShort(long address) {
    int index = directIndex(address, last2);
    if (index >= 0) {
      directHits++;
      return (short) SHORT.get(memory, index);
    }
    return (short) load(address, 2);
  }

  /**
   * Writes 2 bytes.
   *
   * @param address where
   * @param value the number
   */
  public void setShort(long address, short value) {
    int offset = (int) address & pageMask;
    int frame = offset <= last2 ? directFrame(address) : -1;
    if (frame >= 0) {
      directHits++;
      SHORT.set(memory, (frame << pageShift) + offset, value);
      markDirty(frame, offset, 2);
      return;
    }
    save(address, 2, value);
  }

  /**
   * Reads 4 bytes.
   *
   * @param address where
   * @return the number
   */
  public int getInt(long address) {
    int index = directIndex(address, last4);
    if (index >= 0) {
      directHits++;
      return (int) INT.get(memory, index);
    }
    return (int) load(address, 4);
  }

  /**
   * Writes 4 bytes.
   *
   * @param address where
   * @param value the number
   */
  public void setInt(long address, int value) {
    int offset = (int) address & pageMask;
    int frame = offset <= last4 ? directFrame(address) : -1;
    if (frame >= 0) {
      directHits++;
      INT.set(memory, (frame << pageShift) + offset, value);
      markDirty(frame, offset, 4);
      return;
    }
    save(address, 4, value);
  }

  /**
   * Reads 8 bytes.
   *
   * @param address where
   * @return the number
   */
  public long getLong(long address) {
    int index = directIndex(address, last8);
    if (index >= 0) {
      directHits++;
      return (long) LONG.get(memory, index);
    }
    return load(address, 8);
  }

  /**
   * Writes 8 bytes.
   *
   * @param address where
   * @param value the number
   */
  public void setLong(long address, long value) {
    int offset = (int) address & pageMask;
    int frame = offset <= last8 ? directFrame(address) : -1;
    if (frame >= 0) {
      directHits++;
      LONG.set(memory, (frame << pageShift) + offset, value);
      markDirty(frame, offset, 8);
      return;
    }
    save(address, 8, value);
  }

  /**
   * Returns the index of an address in the frames' memory, if its page may be accessed directly and
   * the address is not behind an offset in the page; else a negative number.
   */
  private int directIndex(long address, int lastOffset) {
    int offset = (int) address & pageMask;
    int frame = offset <= lastOffset ? directFrame(address) : -1;
    return frame < 0 ? -1 : (frame << pageShift) + offset;
  }

  /** Returns the frame of an address whose page may be accessed directly, else -1. */
  private int directFrame(long address) {
    int page = (int) (address >>> pageShift);
    // The page's number may be that of a far address cut off, which the last comparison finds.
    if (page >= 0 && page < entries.length && Long.compareUnsigned(address, end) < 0) {
      int frame = entries[page];
      if (frame < PageTable.INDIRECT && owner == Thread.currentThread()) {
        return frame;
      }
    }
    return -1;
  }

  /**
   * Reads numbers into an array if all of them lie in pages that can be accessed directly, and none
   * straddles two; allocates nothing.
   *
   * @param address of the first number
   * @param layout of the numbers as they are in the memory
   * @param array receives them: of the layout's carrier
   * @param from index of the first in the array
   * @param count how many
   * @return false if not all could be read so
   */
  public boolean readDirect(long address, ValueLayout layout, Object array, int from, int count) {
    int unit = Long.numberOfTrailingZeros(layout.byteSize());
    for (int done = 0; done < count; ) {
      long at = address + ((long) done << unit);
      int numbers = rest(at, (long) (count - done) << unit) >> unit;
      int index = numbers == 0 ? -1 : directIndex(at, pageMask + 1 - (numbers << unit));
      if (index < 0) {
        return false;
      }
      directHits++;
      if (array instanceof byte[] bytes) {
        System.arraycopy(memory, index, bytes, from + done, numbers);
      } else {
        MemorySegment.copy(memorySegment, layout, index, array, from + done, numbers);
      }
      done += numbers;
    }
    return true;
  }

  /**
   * Writes numbers from an array if all of them lie in pages that can be accessed directly, and
   * none straddles two; allocates nothing.
   *
   * @param address of the first number
   * @param layout of the numbers as they are in the memory
   * @param array holds them: of the layout's carrier
   * @param from index of the first in the array
   * @param count how many
   * @return false if not all could be written so; some may have been
   */
  public boolean writeDirect(long address, ValueLayout layout, Object array, int from, int count) {
    int unit = Long.numberOfTrailingZeros(layout.byteSize());
    if (!isInside(address, (long) count << unit)) {
      return false;
    }
    for (int done = 0; done < count; ) {
      long at = address + ((long) done << unit);
      int numbers = rest(at, (long) (count - done) << unit) >> unit;
      int index = numbers == 0 ? -1 : directIndex(at, pageMask + 1 - (numbers << unit));
      if (index < 0) {
        return false;
      }
      if (array instanceof byte[] bytes) {
        System.arraycopy(bytes, from + done, memory, index, numbers);
      } else {
        MemorySegment.copy(array, from + done, memorySegment, layout, index, numbers);
      }
      directHits++;
      markDirty(index >>> pageShift, index & pageMask, numbers << unit);
      done += numbers;
    }
    return true;
  }

  final boolean isInside(long address, long size) {
    return address >= PageCache.START && address <= end - size;
  }

  private int rest(long address, long most) {
    return (int) Math.min(most, pageMask + 1 - (address & pageMask));
  }

  /** The same for a pool whose page table has no entry for each page. */
  private int farIndex(long address, int size) {
    long page = address >>> pageShift;
    if (entries.length == 0 && owner == Thread.currentThread()) {
      int frame = table.entry(page);
      int offset = (int) address & pageMask;
      if (frame < PageTable.INDIRECT && offset <= pageMask + 1 - size) {
        return (frame << pageShift) + offset;
      }
    }
    return -1;
  }

  private void markDirty(int frame, int offset, int size) {
    int low = offset >>> sectorShift;
    int high = (offset + size - 1) >>> sectorShift;
    dirty[frame] |= -1L >>> (63 - high + low) << low;
  }

  private long load(long address, int size) {
    int far = farIndex(address, size);
    if (far >= 0) {
      directHits++;
      return number(far, size);
    }
    enter();
    try {
      checkRange(address, size);
      if (access.piece(address, size) == size) {
        return number(access.readable(address, size, size), size);
      }
      long value = 0;
      for (int i = 0; i < size; i++) {
        value |= (memory[access.readable(address + i, 1, size - i)] & 0xFFL) << (8 * i);
      }
      return value;
    } finally {
      exit();
    }
  }

  private void save(long address, int size, long value) {
    int far = farIndex(address, size);
    if (far >= 0) {
      directHits++;
      markDirty(far >>> pageShift, far & pageMask, size);
      setNumber(far, size, value);
      return;
    }
    enter();
    try {
      checkRange(address, size);
      if (access.piece(address, size) == size) {
        int index = access.writable(address, size);
        setNumber(index, size, value);
        access.written(index, address, size);
        return;
      }
      for (int i = 0; i < size; i++) {
        int index = access.writable(address + i, 1);
        memory[index] = (byte) (value >>> (8 * i));
        access.written(index, address + i, 1);
      }
    } finally {
      exit();
    }
  }

  private long number(int index, int size) {
    return switch (size) {
      case 1 -> memory[index];
      case 2 -> (short) SHORT.get(memory, index);
      case 4 -> (int) INT.get(memory, index);
      default -> (long) LONG.get(memory, index);
    };
  }

  private void setNumber(int index, int size, long value) {
    switch (size) {
      case 1 -> memory[index] = (byte) value;
      case 2 -> SHORT.set(memory, index, (short) value);
      case 4 -> INT.set(memory, index, (int) value);
      default -> LONG.set(memory, index, value);
    }
  }
}
