package dev.virtmem.cache;

import dev.virtmem.InvalidAddressException;
import dev.virtmem.Statistics;
import dev.virtmem.store.BackingStore;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Pages of a backing store, kept in a few frames of RAM: the hit path, and the way in for
 * everything else. Invariants, which {@link #check()} verifies:
 *
 * <ol>
 *   <li>A page is in at most one frame. Pages are aligned, so frames never overlap.
 *   <li>A byte is in a frame's valid sectors, or in a lock buffer, or in neither; never in both.
 *   <li>Dirty implies valid. What is neither valid nor in a lock buffer is in the store.
 *   <li>RAM is what the settings say, and never grows, whatever is locked.
 *   <li>A pinned frame is never a victim.
 *   <li>A failed transfer loses nothing: what was to be written is still dirty, clean bytes that
 *       went along too, and the same call succeeds once the store works again.
 *   <li>A page that can be accessed directly is valid as a whole, and the policy ignores hits.
 * </ol>
 */
public final class PageCache extends HitPath {
  /** The first valid address: 0 is null, and a few bytes behind it catch offsets from null. */
  public static final long START = 16;

  /** The objects of a page cache, headers and small arrays included: about that much. */
  private static final int OBJECT_BYTES = 3072;

  private final CacheParts parts;
  private final ReentrantLock mutex;

  private boolean closed;

  private boolean storeClosed;

  /**
   * Creates an empty cache, confined to the current thread unless the settings say shared.
   *
   * @param store where the pages live; closed with the cache
   * @param settings the numbers
   */
  public PageCache(BackingStore store, CacheSettings settings) {
    this(new CacheParts(store, settings));
  }

  private PageCache(CacheParts parts) {
    super(parts);
    this.parts = parts;
    mutex = parts.settings.shared() ? new ReentrantLock() : null;
    owner = parts.settings.shared() ? null : Thread.currentThread();
  }

  /**
   * Returns the first address behind the last valid one.
   *
   * @return the store's capacity, rounded down to whole sectors
   */
  public long end() {
    return end;
  }

  /**
   * Reads a range.
   *
   * @param address where it starts
   * @param target receives as many bytes as it is long
   */
  public void read(long address, MemorySegment target) {
    enter();
    try {
      checkRange(address, target.byteSize());
      access.read(address, target);
    } finally {
      exit();
    }
  }

  /**
   * Writes a range.
   *
   * @param address where it starts
   * @param source gives as many bytes as it is long
   */
  public void write(long address, MemorySegment source) {
    enter();
    try {
      checkRange(address, source.byteSize());
      access.write(address, source);
    } finally {
      exit();
    }
  }

  /**
   * Sets every byte of a range.
   *
   * @param address where it starts
   * @param length bytes, at least 0
   * @param value the byte
   */
  public void fill(long address, long length, byte value) {
    enter();
    try {
      checkRange(address, length);
      access.fill(address, length, value);
    } finally {
      exit();
    }
  }

  /**
   * Copies a range; source and target may overlap.
   *
   * @param from where the source starts
   * @param to where the target starts
   * @param length bytes, at least 0
   */
  public void copy(long from, long to, long length) {
    enter();
    try {
      checkRange(from, length);
      checkRange(to, length);
      access.copy(from, to, length);
    } finally {
      exit();
    }
  }

  /**
   * Declares that nobody cares what a range holds: its dirty bytes need not be written, and those
   * that are missing need not be read. Only pages that are in frames are touched.
   *
   * @param address where it starts
   * @param length bytes, at least 0
   */
  public void discard(long address, long length) {
    enter();
    try {
      checkRange(address, length);
      access.discard(address, length);
    } finally {
      exit();
    }
  }

  /**
   * Writes all dirty bytes to the store and syncs it. What holders of writable locks wrote so far
   * is included.
   */
  public void flush() {
    enter();
    try {
      flushInside();
    } finally {
      exit();
    }
  }

  private void flushInside() {
    parts.locks.markDirty();
    for (int i = 0; i < parts.lockBuffers.count(); i++) {
      if (parts.lockBuffers.dirty(i)) {
        parts.lockBuffers.flush(i, parts.transfers);
        counters.writeBacks++;
      }
    }
    for (int frame = 0; frame < parts.frames.count; frame++) {
      if (parts.frames.dirty(frame)) {
        parts.writeBack.write(frame);
      }
    }
    parts.transfers.sync();
  }

  /** Writes all dirty bytes to the store and forgets every page that is not locked. */
  public void drop() {
    enter();
    try {
      flushInside();
      for (int i = 0; i < parts.lockBuffers.count(); i++) {
        if (!parts.lockBuffers.empty(i) && parts.lockBuffers.locks(i) == 0) {
          parts.lockBuffers.clear(i);
        }
      }
      for (int frame = 0; frame < parts.frames.count; frame++) {
        if (parts.frames.page[frame] != Frames.NONE && !parts.frames.pinned(frame)) {
          parts.pager.release(frame);
        }
      }
      parts.pager.forgetStreams();
    } finally {
      exit();
    }
  }

  /**
   * Locks a range, or as much of its beginning as can be had.
   *
   * @param address where it starts
   * @param size bytes, at least 1
   * @param writable whether the holder may write
   * @return the lock
   */
  public Hold lock(long address, long size, boolean writable) {
    enter();
    try {
      if (size < 1) {
        throw new IllegalArgumentException("a lock needs at least 1 byte, got " + size);
      }
      checkRange(address, size);
      return parts.locks.lock(
          address,
          size,
          writable,
          parts.settings.trackLocks() ? new Throwable("locked here") : null);
    } finally {
      exit();
    }
  }

  /**
   * Gives a lock back.
   *
   * @param hold the lock; nothing happens if it was given back already
   */
  public void release(Hold hold) {
    exclude();
    try {
      if (!hold.released()) {
        checkThread();
        parts.locks.release(hold);
      }
    } finally {
      exit();
    }
  }

  /**
   * Returns the array in which locked bytes lie.
   *
   * @return the frames, the lock buffers and the sink
   */
  public byte[] memory() {
    return memory;
  }

  /**
   * Returns what was counted.
   *
   * @return a snapshot
   */
  public Statistics statistics() {
    exclude();
    try {
      return counters.snapshot(directHits);
    } finally {
      exit();
    }
  }

  /** Sets what is counted to zero. */
  public void resetStatistics() {
    exclude();
    try {
      counters.reset();
      directHits = 0;
    } finally {
      exit();
    }
  }

  /**
   * Returns the RAM of frames, lock buffers and sink.
   *
   * @return bytes
   */
  public long budgetBytes() {
    return memory.length;
  }

  /**
   * Returns the RAM that keeps track of frames and pages.
   *
   * @return bytes
   */
  public long bookkeepingBytes() {
    return OBJECT_BYTES
        + parts.frames.bookkeepingBytes()
        + parts.table.ramBytes()
        + 4L * parts.frames.count
        + 2 * PageRun.ramBytes(parts.frames.count)
        + parts.policy.ramBytes();
  }

  /**
   * Checks that the current thread may use this cache, and keeps others out until {@link #exit()}.
   *
   * @throws IllegalStateException if the cache is closed
   * @throws WrongThreadException if it is confined to another thread
   */
  @Override
  public void enter() {
    exclude();
    if (closed) {
      exit();
      throw new IllegalStateException("the memory over " + parts.store + " is closed");
    }
    checkThread();
  }

  private void checkThread() {
    if (mutex == null && owner != Thread.currentThread()) {
      throw new WrongThreadException(
          "the memory over "
              + parts.store
              + " is confined to "
              + owner
              + "; build it with shared() to use it from "
              + Thread.currentThread());
    }
  }

  /** Keeps other threads out of a shared cache, be it open or closed, until {@link #exit()}. */
  public void exclude() {
    if (mutex != null && !mutex.tryLock()) {
      var event = new LockWaitEvent();
      event.begin();
      mutex.lock();
      event.commit();
    }
  }

  /** Ends what {@link #enter()} or {@link #exclude()} began. */
  @Override
  public void exit() {
    if (mutex != null) {
      mutex.unlock();
    }
  }

  /**
   * Checks that a range can be accessed.
   *
   * @param address where it starts
   * @param length bytes
   * @throws InvalidAddressException if it is not within [{@link #START}, {@link #end()})
   * @throws IllegalArgumentException if the length is negative
   */
  @Override
  public void checkRange(long address, long length) {
    if (length >= 0 && address >= START && address <= end - length) {
      return;
    }
    if (length < 0) {
      throw new IllegalArgumentException("length must not be negative, got " + length);
    }
    throw new InvalidAddressException(
        (address == 0 ? "null pointer: " : "")
            + "address "
            + address
            + " with "
            + length
            + " bytes is outside of "
            + START
            + " to "
            + end);
  }

  /**
   * Writes everything back, syncs and closes the store. If writing fails, the cache is still open,
   * and may be closed again, or abandoned with {@link #abandon()}. If only closing the store fails,
   * closing again tries that again.
   *
   * @param last is done before, while others are kept out
   * @return the locks that were open; none if the cache was closed already
   */
  public List<Hold> close(Runnable last) {
    exclude();
    try {
      List<Hold> open = List.of();
      if (!closed) {
        checkThread();
        last.run();
        flushInside();
        open = List.copyOf(parts.holders.all());
      }
      shut();
      return open;
    } finally {
      exit();
    }
  }

  /** Closes the store without writing anything back: what is dirty is lost, on purpose. */
  public void abandon() {
    exclude();
    try {
      if (!closed) {
        checkThread();
      }
      shut();
    } finally {
      exit();
    }
  }

  private void shut() {
    closed = true;
    owner = null;
    parts.holders.all().forEach(Hold::markReleased);
    if (!storeClosed) {
      parts.store.close();
      storeClosed = true;
    }
  }

  @Override
  public String toString() {
    return parts.store.toString();
  }

  /**
   * Verifies the invariants.
   *
   * @throws AssertionError if one does not hold
   */
  public void check() {
    enter();
    try {
      CacheCheck.run(parts);
    } finally {
      exit();
    }
  }
}
