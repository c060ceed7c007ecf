package dev.virtmem;

import dev.virtmem.cache.PageCache;
import java.lang.foreign.MemorySegment;

/**
 * Bytes at addresses: what a pointer points into.
 *
 * <p>An address is a {@code long} of bytes; 0 is null and never valid. Numbers of several bytes are
 * little-endian on every machine and need no alignment, so a pool can be read elsewhere. Each
 * access may bring pages in and write others back, and so may throw a {@link
 * dev.virtmem.store.StoreException}.
 *
 * <p>All methods throw {@link InvalidAddressException} if a byte of their range lies outside
 * [{@link #start()}, {@link #end()}), {@link IllegalStateException} if the memory is closed, and
 * {@link WrongThreadException} if it is confined to another thread.
 */
public abstract sealed class Memory permits VirtualMemory, ArrayMemory {

  /** For the two kinds of memory. */
  Memory() {}

  /** Returns the page cache behind this memory; null if there is none. */
  PageCache cache() {
    return null;
  }

  /** Returns where a range lies in the cache's frames, to be read at once; -1 if not in one run. */
  final int readIndex(long address, long length) {
    PageCache cache = cache();
    return cache == null ? -1 : cache.readIndex(address, length);
  }

  /** Returns where a range lies in the cache's frames, to be written at once as a whole; or -1. */
  final int writeIndex(long address, long length) {
    PageCache cache = cache();
    return cache == null ? -1 : cache.writeIndex(address, length);
  }

  /**
   * Returns the first valid address.
   *
   * @return at least 1
   */
  public abstract long start();

  /**
   * Returns the first address behind the last valid one.
   *
   * @return more than {@link #start()}
   */
  public abstract long end();

  /**
   * Returns how many bytes a pointer takes that is stored in this memory.
   *
   * @return 4 if all addresses fit into 4 bytes, else 8
   */
  public abstract int pointerBytes();

  /**
   * Reads a byte.
   *
   * @param address where
   * @return the byte
   */
  public abstract byte getByte(long address);

  /**
   * Writes a byte.
   *
   * @param address where
   * @param value the byte
   */
  public abstract void setByte(long address, byte value);

  /**
   * Reads 2 bytes.
   *
   * @param address where
   * @return the number
   */
  public abstract short getShort(long address);

  /**
   * Writes 2 bytes.
   *
   * @param address where
   * @param value the number
   */
  public abstract void setShort(long address, short value);

  /**
   * Reads 4 bytes.
   *
   * @param address where
   * @return the number
   */
  public abstract int getInt(long address);

  /**
   * Writes 4 bytes.
   *
   * @param address where
   * @param value the number
   */
  public abstract void setInt(long address, int value);

  /**
   * Reads 8 bytes.
   *
   * @param address where
   * @return the number
   */
  public abstract long getLong(long address);

  /**
   * Writes 8 bytes.
   *
   * @param address where
   * @param value the number
   */
  public abstract void setLong(long address, long value);

  /**
   * Reads a range into ordinary memory.
   *
   * @param address where the range starts
   * @param target receives as many bytes as it is long
   */
  public abstract void read(long address, MemorySegment target);

  /**
   * Writes a range from ordinary memory.
   *
   * @param address where the range starts
   * @param source gives as many bytes as it is long
   */
  public abstract void write(long address, MemorySegment source);

  /**
   * Sets every byte of a range.
   *
   * @param address where the range starts
   * @param length its length in bytes, at least 0
   * @param value the byte
   */
  public abstract void fill(long address, long length, byte value);

  /**
   * Copies a range within this memory; the ranges may overlap, as with {@link System#arraycopy}.
   *
   * @param from where the source starts
   * @param to where the target starts
   * @param length bytes, at least 0
   */
  public abstract void copy(long from, long to, long length);
}
