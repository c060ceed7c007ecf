package dev.virtmem.cache;

import dev.virtmem.alloc.PoolBytes;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

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

  /** From so many page borders on, a call that compares several entries at once is quicker. */
  private static final int MANY_PAGES = 8;

  final byte[] memory;
  private final MemorySegment segment;
  final Counters counters;
  final Access access;

  /** The only thread that may use a confined cache; null if shared or closed. */
  Thread owner;

  /** Hits of this path; the others are counted where they are found. */
  long directHits;

  private final Frames frames;
  private final long[] pageOf;
  private final long full;
  private final int[] entries;
  private final PageTable table;
  private final int pageShift;
  final int pageMask;
  private final int sectorShift;

  final long end;

  HitPath(CacheParts parts) {
    access = parts.access;
    counters = parts.counters;
    memory = parts.frames.memory;
    segment = MemorySegment.ofArray(memory);
    frames = parts.frames;
    pageOf = parts.frames.page;
    full = parts.frames.full;
    table = parts.table;
    entries = table.entries;
    pageShift = parts.frames.pageShift;
    pageMask = parts.frames.pageSize - 1;
    sectorShift = parts.frames.sectorShift;
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
    int page = (int) (address >>> pageShift);
    if (address >>> pageShift == page && page >= 0 && page < entries.length) {
      int index = entries[page] + (int) address;
      if (index >= 0 && owner == Thread.currentThread()) {
        directHits++;
        return memory[index & PageTable.INDEX];
      }
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
    int page = (int) (address >>> pageShift);
    if (address >>> pageShift == page && page >= 0 && page < entries.length) {
      int index = entries[page] + (int) address;
      if (index >= 0 && owner == Thread.currentThread()) {
        directHits++;
        if (index < PageTable.CLEAN) {
          memory[index] = value;
        } else {
          memory[index & PageTable.INDEX] = value;
          markDirty(index & PageTable.INDEX, 1);
        }
        return;
      }
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
    int page = (int) (address >>> pageShift);
    if ((address + 1) >>> pageShift == page && page >= 0 && page < entries.length) {
      int index = entries[page] + (int) address;
      if (index >= 0 && owner == Thread.currentThread()) {
        directHits++;
        return (short) SHORT.get(memory, index & PageTable.INDEX);
      }
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
    int page = (int) (address >>> pageShift);
    if ((address + 1) >>> pageShift == page && page >= 0 && page < entries.length) {
      int index = entries[page] + (int) address;
      if (index >= 0 && owner == Thread.currentThread()) {
        directHits++;
        if (index < PageTable.CLEAN) {
          SHORT.set(memory, index, value);
        } else {
          SHORT.set(memory, index & PageTable.INDEX, value);
          markDirty(index & PageTable.INDEX, 2);
        }
        return;
      }
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
    int page = (int) (address >>> pageShift);
    if ((address + 3) >>> pageShift == page && page >= 0 && page < entries.length) {
      int index = entries[page] + (int) address;
      if (index >= 0 && owner == Thread.currentThread()) {
        directHits++;
        return (int) INT.get(memory, index & PageTable.INDEX);
      }
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
    int page = (int) (address >>> pageShift);
    if ((address + 3) >>> pageShift == page && page >= 0 && page < entries.length) {
      int index = entries[page] + (int) address;
      if (index >= 0 && owner == Thread.currentThread()) {
        directHits++;
        if (index < PageTable.CLEAN) {
          INT.set(memory, index, value);
        } else {
          INT.set(memory, index & PageTable.INDEX, value);
          markDirty(index & PageTable.INDEX, 4);
        }
        return;
      }
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
    int page = (int) (address >>> pageShift);
    if ((address + 7) >>> pageShift == page && page >= 0 && page < entries.length) {
      int index = entries[page] + (int) address;
      if (index >= 0 && owner == Thread.currentThread()) {
        directHits++;
        return (long) LONG.get(memory, index & PageTable.INDEX);
      }
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
    int page = (int) (address >>> pageShift);
    if ((address + 7) >>> pageShift == page && page >= 0 && page < entries.length) {
      int index = entries[page] + (int) address;
      if (index >= 0 && owner == Thread.currentThread()) {
        directHits++;
        if (index < PageTable.CLEAN) {
          LONG.set(memory, index, value);
        } else {
          LONG.set(memory, index & PageTable.INDEX, value);
          markDirty(index & PageTable.INDEX, 8);
        }
        return;
      }
    }
    save(address, 8, value);
  }

  /**
   * Returns where a range lies in the frames' memory, for the caller to read at once.
   *
   * @param address where the range starts
   * @param length bytes, at least 0
   * @return an index, or -1 unless all of the range may be accessed directly and lies in one run
   */
  public int readIndex(long address, long length) {
    int index = directIndex(address, length);
    return index < 0 ? -1 : index & PageTable.INDEX;
  }

  /**
   * Returns where a range lies in the frames' memory, for the caller to write all of it at once.
   *
   * @param address where the range starts
   * @param length bytes, at least 0
   * @return an index, or -1 unless all of the range may be accessed directly and lies in one run
   */
  public int writeIndex(long address, long length) {
    int index = directIndex(address, length);
    if (index >= PageTable.CLEAN) {
      index &= PageTable.INDEX;
      for (int done = 0; done < length; ) {
        int part = (int) Math.min(length - done, pageMask + 1 - (index + done & pageMask));
        markDirty(index + done, part);
        done += part;
      }
    }
    return index;
  }

  /**
   * Returns how much of a range lies in the page in which it starts.
   *
   * @param address where the range starts
   * @param length bytes, at least 1
   * @return bytes
   */
  public int inPage(long address, long length) {
    return (int) Math.min(length, pageMask + 1 - (address & pageMask));
  }

  /**
   * Returns the RAM that {@link #readIndex} and {@link #writeIndex} mean.
   *
   * @return a view of all frames
   */
  public MemorySegment frames() {
    return segment;
  }

  /** Returns the index of a range as the page table has it, flags included, or -1. */
  private int directIndex(long address, long length) {
    long last = (address + length - 1) >>> pageShift;
    int page = (int) (address >>> pageShift);
    if (page >= 0
        && page <= last
        && last < entries.length
        && length > 0
        && owner == Thread.currentThread()) {
      // Pages side by side in frames side by side have the same entry.
      int index = entries[page] + (int) address;
      if (index >= 0 && sideBySide(page, (int) last)) {
        directHits += last - page + 1;
        return index;
      }
    }
    return -1;
  }

  /** Pages side by side in frames side by side have the same entry. */
  private boolean sideBySide(int first, int last) {
    if (last - first >= MANY_PAGES) {
      return Arrays.mismatch(entries, first, last, entries, first + 1, last + 1) < 0;
    }
    int entry = entries[first];
    for (int page = first + 1; page <= last; page++) {
      if (entries[page] != entry) {
        return false;
      }
    }
    return true;
  }

  /** The same for a pool whose page table has no entry for each page. */
  private int farIndex(long address, int size) {
    long page = address >>> pageShift;
    if (entries.length == 0
        && (address + size - 1) >>> pageShift == page
        && owner == Thread.currentThread()) {
      int index = table.entry(page) + (int) address;
      return index < 0 ? -1 : index;
    }
    return -1;
  }

  private void markDirty(int index, int size) {
    int frame = index >>> pageShift;
    int offset = index & pageMask;
    int low = offset >>> sectorShift;
    int high = (offset + size - 1) >>> sectorShift;
    long sectors = frames.dirty[frame] | -1L >>> (63 - high + low) << low;
    frames.setDirty(frame, sectors);
    if (sectors == full) {
      table.set(pageOf[frame], frame, 0);
    }
  }

  private long load(long address, int size) {
    int far = farIndex(address, size);
    if (far >= 0) {
      directHits++;
      return number(far & PageTable.INDEX, size);
    }
    enter();
    try {
      checkRange(address, size);
      if (access.isPiece(address, size)) {
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
      setNumber(far & PageTable.INDEX, size, value);
      if (far >= PageTable.CLEAN) {
        markDirty(far & PageTable.INDEX, size);
      }
      return;
    }
    enter();
    try {
      checkRange(address, size);
      if (access.isPiece(address, size)) {
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
