package dev.virtmem.cache;

/**
 * One page lock as the cache sees it: a contiguous run of RAM, in a lock buffer or in pinned
 * frames, that holds a range of virtual memory until it is released.
 */
public final class Hold {
  final long address;
  final int size;
  final boolean writable;

  /** Index of the first byte in the frames' memory. */
  final int index;

  /** The lock buffer, or NONE if frames are pinned. */
  final int buffer;

  /** Where the lock was taken, if that is recorded. */
  final Throwable origin;

  /** What may be read and written: nothing any more once the lock or its memory is closed. */
  private int readable;

  private int writableSize;

  Hold(long address, int size, boolean writable, int index, int buffer, Throwable origin) {
    this.address = address;
    this.size = size;
    this.writable = writable;
    this.index = index;
    this.buffer = buffer;
    this.origin = origin;
    this.readable = size;
    this.writableSize = writable ? size : 0;
  }

  boolean released() {
    return readable == 0;
  }

  void markReleased() {
    readable = 0;
    writableSize = 0;
  }

  /**
   * Tells whether the lock was taken for writing.
   *
   * @return true even after it was released
   */
  public boolean isWritable() {
    return writable;
  }

  /**
   * Returns how many bytes may be read.
   *
   * @return the size, or 0 once the lock is released
   */
  public int readable() {
    return readable;
  }

  /**
   * Returns how many bytes may be written.
   *
   * @return the size, or 0 if the lock is for reading or released
   */
  public int writable() {
    return writableSize;
  }

  /**
   * Returns the first locked address.
   *
   * @return an address
   */
  public long address() {
    return address;
  }

  /**
   * Returns how much is locked.
   *
   * @return bytes, at least 1
   */
  public int size() {
    return size;
  }

  /**
   * Returns where the locked bytes lie in {@link PageCache#memory()}.
   *
   * @return an index
   */
  public int index() {
    return index;
  }

  /**
   * Returns where the lock was taken.
   *
   * @return the stack then, or null if it was not recorded
   */
  public Throwable origin() {
    return origin;
  }
}
