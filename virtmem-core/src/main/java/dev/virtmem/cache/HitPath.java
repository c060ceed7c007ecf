package dev.virtmem.cache;

import dev.virtmem.alloc.PoolBytes;
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

  private final long[] direct;
  private final long[] dirty;
  private final char[] recent;
  private final int recentMask;
  private final int pageShift;
  private final int pageMask;
  private final int sectorShift;

  HitPath(CacheParts parts) {
    access = parts.access;
    counters = parts.counters;
    memory = parts.frames.memory;
    direct = parts.frames.direct;
    dirty = parts.frames.dirty;
    recent = parts.table.recent;
    recentMask = parts.table.recentMask;
    pageShift = parts.frames.pageShift;
    pageMask = parts.frames.pageSize - 1;
    sectorShift = parts.frames.sectorShift;
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
    long page = address >>> pageShift;
    int frame = recent[(int) page & recentMask];
    if (direct[frame] == page && owner == Thread.currentThread()) {
      counters.hits++;
      return memory[(frame << pageShift) + ((int) address & pageMask)];
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
    long page = address >>> pageShift;
    int frame = recent[(int) page & recentMask];
    int offset = (int) address & pageMask;
    if (direct[frame] == page && owner == Thread.currentThread()) {
      counters.hits++;
      dirty[frame] |= 1L << (offset >>> sectorShift);
      memory[(frame << pageShift) + offset] = value;
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
    long page = address >>> pageShift;
    int frame = recent[(int) page & recentMask];
    int offset = (int) address & pageMask;
    if (direct[frame] == page && offset < pageMask && owner == Thread.currentThread()) {
      counters.hits++;
      return (short) SHORT.get(memory, (frame << pageShift) + offset);
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
    long page = address >>> pageShift;
    int frame = recent[(int) page & recentMask];
    int offset = (int) address & pageMask;
    if (direct[frame] == page && offset < pageMask && owner == Thread.currentThread()) {
      counters.hits++;
      dirty[frame] |= sectors(offset, offset + 1);
      SHORT.set(memory, (frame << pageShift) + offset, value);
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
    long page = address >>> pageShift;
    int frame = recent[(int) page & recentMask];
    int offset = (int) address & pageMask;
    if (direct[frame] == page && offset < pageMask - 2 && owner == Thread.currentThread()) {
      counters.hits++;
      return (int) INT.get(memory, (frame << pageShift) + offset);
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
    long page = address >>> pageShift;
    int frame = recent[(int) page & recentMask];
    int offset = (int) address & pageMask;
    if (direct[frame] == page && offset < pageMask - 2 && owner == Thread.currentThread()) {
      counters.hits++;
      dirty[frame] |= sectors(offset, offset + 3);
      INT.set(memory, (frame << pageShift) + offset, value);
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
    long page = address >>> pageShift;
    int frame = recent[(int) page & recentMask];
    int offset = (int) address & pageMask;
    if (direct[frame] == page && offset < pageMask - 6 && owner == Thread.currentThread()) {
      counters.hits++;
      return (long) LONG.get(memory, (frame << pageShift) + offset);
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
    long page = address >>> pageShift;
    int frame = recent[(int) page & recentMask];
    int offset = (int) address & pageMask;
    if (direct[frame] == page && offset < pageMask - 6 && owner == Thread.currentThread()) {
      counters.hits++;
      dirty[frame] |= sectors(offset, offset + 7);
      LONG.set(memory, (frame << pageShift) + offset, value);
      return;
    }
    save(address, 8, value);
  }

  private long sectors(int first, int last) {
    int low = first >>> sectorShift;
    return (-1L >>> (63 - (last >>> sectorShift) + low)) << low;
  }

  private long load(long address, int size) {
    enter();
    try {
      checkRange(address, size);
      if (access.piece(address, size) == size) {
        int index = access.readable(address, size, size);
        return switch (size) {
          case 1 -> memory[index];
          case 2 -> (short) SHORT.get(memory, index);
          case 4 -> (int) INT.get(memory, index);
          default -> (long) LONG.get(memory, index);
        };
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
    enter();
    try {
      checkRange(address, size);
      if (access.piece(address, size) == size) {
        int index = access.writable(address, size);
        switch (size) {
          case 1 -> memory[index] = (byte) value;
          case 2 -> SHORT.set(memory, index, (short) value);
          case 4 -> INT.set(memory, index, (int) value);
          default -> LONG.set(memory, index, value);
        }
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
}
