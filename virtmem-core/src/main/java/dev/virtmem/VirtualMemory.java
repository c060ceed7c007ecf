package dev.virtmem;

import dev.virtmem.alloc.Block;
import dev.virtmem.alloc.HeapReport;
import dev.virtmem.cache.CacheSettings;
import dev.virtmem.cache.Hold;
import dev.virtmem.cache.PageCache;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.Stores;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Memory that lives in a {@linkplain BackingStore backing store} and is used like memory:
 * allocated, pointed into, locked and freed, within a RAM budget.
 *
 * <pre>{@code
 * try (var memory = VirtualMemory.builder(new HeapStore(1 << 17)).ram(5376).open()) {
 *   IntPointer numbers = memory.allocateInts(10_000);
 *   numbers.set(42, 7);
 * }
 * }</pre>
 *
 * <p>The memory is confined to the thread that opened it, unless it was built as {@linkplain
 * VirtualMemoryBuilder#shared() shared}. Bytes that were never written are undefined. What a memory
 * holds is forgotten when it is closed: opening the same store again starts with an empty heap. A
 * {@link PersistentPool} remembers.
 */
public final class VirtualMemory extends Memory implements AutoCloseable {
  private final PageCache cache;
  private final CacheSettings settings;
  private final Heap heap;
  private final int pointerBytes;

  VirtualMemory(PageCache cache, CacheSettings settings, Heap heap) {
    this.cache = cache;
    this.settings = settings;
    this.heap = heap;
    this.pointerBytes = cache.end() >>> 32 == 0 ? Integer.BYTES : Long.BYTES;
  }

  /**
   * Starts to build a memory.
   *
   * @param store where its bytes live; the memory closes it
   * @return a builder
   */
  public static VirtualMemoryBuilder builder(BackingStore store) {
    Objects.requireNonNull(store, "store");
    return new VirtualMemoryBuilder(() -> store, false);
  }

  /**
   * Starts to build a memory over a store that a URI names, which is opened with the memory.
   *
   * @param uri such as {@code heap:1M} or {@code sim:23LC1024}, see {@link Stores}
   * @return a builder
   */
  public static VirtualMemoryBuilder builder(String uri) {
    Objects.requireNonNull(uri, "uri");
    return new VirtualMemoryBuilder(() -> Stores.open(uri), true);
  }

  @Override
  public long start() {
    return PageCache.START;
  }

  @Override
  public long end() {
    return cache.end();
  }

  @Override
  public int pointerBytes() {
    return pointerBytes;
  }

  @Override
  public byte getByte(long address) {
    return cache.getByte(address);
  }

  @Override
  public void setByte(long address, byte value) {
    cache.setByte(address, value);
  }

  @Override
  public short getShort(long address) {
    return cache.getShort(address);
  }

  @Override
  public void setShort(long address, short value) {
    cache.setShort(address, value);
  }

  @Override
  public int getInt(long address) {
    return cache.getInt(address);
  }

  @Override
  public void setInt(long address, int value) {
    cache.setInt(address, value);
  }

  @Override
  public long getLong(long address) {
    return cache.getLong(address);
  }

  @Override
  public void setLong(long address, long value) {
    cache.setLong(address, value);
  }

  @Override
  PageCache cache() {
    return cache;
  }

  @Override
  public void read(long address, MemorySegment target) {
    cache.read(address, target);
  }

  @Override
  public void write(long address, MemorySegment source) {
    cache.write(address, source);
  }

  @Override
  public void fill(long address, long length, byte value) {
    cache.fill(address, length, value);
  }

  @Override
  public void copy(long from, long to, long length) {
    cache.copy(from, to, length);
  }

  /**
   * Allocates a block.
   *
   * @param bytes its size, at least 0; a block of 0 bytes has an address of its own
   * @return a pointer to its first byte; what it holds is undefined
   * @throws PoolExhaustedException if no free block is large enough
   */
  public Pointer allocate(long bytes) {
    cache.enter();
    try {
      return new Pointer(this, heap.allocate(bytes));
    } finally {
      cache.exit();
    }
  }

  /**
   * Allocates elements of any type.
   *
   * @param <P> the kind of pointer
   * @param type what it points to
   * @param count how many elements, at least 0
   * @return a pointer to the first; what they hold is undefined
   * @throws PoolExhaustedException if no free block is large enough
   */
  public <P extends Pointer> P allocate(PointerType<P> type, long count) {
    int size = type.elementSize(this);
    if (count < 0 || count > Long.MAX_VALUE / size) {
      throw new IllegalArgumentException(
          "cannot allocate " + count + " elements of " + size + " bytes");
    }
    return allocate(count * size).as(type);
  }

  /**
   * Allocates bytes.
   *
   * @param count how many, at least 0
   * @return a pointer to the first
   * @throws PoolExhaustedException if no free block is large enough
   */
  public BytePointer allocateBytes(long count) {
    return allocate(PointerType.BYTE, count);
  }

  /**
   * Allocates ints of 4 bytes each.
   *
   * @param count how many, at least 0
   * @return a pointer to the first
   * @throws PoolExhaustedException if no free block is large enough
   */
  public IntPointer allocateInts(long count) {
    return allocate(PointerType.INT, count);
  }

  /**
   * Allocates a record and sets it.
   *
   * @param <T> the record
   * @param value what to store
   * @return a pointer to it
   * @throws PoolExhaustedException if no free block is large enough
   */
  @SuppressWarnings("unchecked")
  public <T extends Record> RecordPointer<T> allocate(T value) {
    cache.enter();
    try {
      long used = usedBytes();
      var pointer = allocate((Class<T>) value.getClass(), 1);
      try {
        pointer.set(value);
      } catch (RuntimeException e) {
        heap.takeBack(pointer.address(), usedBytes() - used, e);
        throw e;
      }
      return pointer;
    } finally {
      cache.exit();
    }
  }

  /**
   * Allocates records.
   *
   * @param <T> the record
   * @param record its class
   * @param count how many, at least 0
   * @return a pointer to the first; what they hold is undefined
   * @throws PoolExhaustedException if no free block is large enough
   */
  public <T extends Record> RecordPointer<T> allocate(Class<T> record, long count) {
    return allocate(PointerType.record(record), count);
  }

  /**
   * Frees a block.
   *
   * @param pointer as it was returned when the block was allocated, or cast to another type
   * @throws InvalidAddressException if that is no block in use: never allocated, or freed before
   * @throws CorruptPoolException if the block's header was overwritten
   */
  public void free(Pointer pointer) {
    checkOurs(pointer);
    cache.enter();
    try {
      heap.free(pointer.address());
    } finally {
      cache.exit();
    }
  }

  private long excluding(LongSupplier figure) {
    cache.exclude();
    try {
      return figure.getAsLong();
    } finally {
      cache.exit();
    }
  }

  private void checkOurs(Pointer pointer) {
    if (pointer.memory() != this) {
      throw new IllegalArgumentException(pointer + " points into " + pointer.memory());
    }
  }

  /**
   * Locks a range for reading and writing.
   *
   * @param pointer to its first byte
   * @param bytes how much, at least 1
   * @return a lock of that much, or less where it cannot be had in one run: see {@link
   *     PageLock#size()}
   * @throws LockUnavailableException if the locks that are open leave no RAM for it
   */
  public PageLock lock(Pointer pointer, long bytes) {
    return lock(pointer, bytes, true);
  }

  /**
   * Locks a range for reading.
   *
   * @param pointer to its first byte
   * @param bytes how much, at least 1
   * @return a lock of that much, or less where it cannot be had in one run: see {@link
   *     PageLock#size()}
   * @throws LockUnavailableException if the locks that are open leave no RAM for it
   */
  public PageLock lockForReading(Pointer pointer, long bytes) {
    return lock(pointer, bytes, false);
  }

  private PageLock lock(Pointer pointer, long bytes, boolean writable) {
    checkOurs(pointer);
    return new PageLock(cache, cache.lock(pointer.address(), bytes, writable));
  }

  /**
   * Walks a range of any length lock by lock, in ascending order.
   *
   * @param pointer to its first byte
   * @param bytes how much, at least 0
   * @param action is called with each lock, which is closed when it returns
   * @throws LockUnavailableException if the locks that are open leave no RAM for another
   */
  public void forEachLock(Pointer pointer, long bytes, Consumer<? super PageLock> action) {
    checkOurs(pointer);
    cache.checkRange(pointer.address(), bytes);
    for (long done = 0; done < bytes; ) {
      var rest = new Pointer(this, pointer.address() + done);
      try (var lock = lock(rest, bytes - done)) {
        action.accept(lock);
        done += lock.size();
      }
    }
  }

  /**
   * Writes everything that is dirty to the store and syncs it.
   *
   * @throws dev.virtmem.store.StoreException if the store fails; nothing is lost, and the same call
   *     succeeds once the store works again
   */
  public void flush() {
    cache.flush();
  }

  /**
   * Flushes, and empties the page cache but for what is locked.
   *
   * @throws dev.virtmem.store.StoreException if the store fails; nothing is lost
   */
  public void drop() {
    cache.drop();
  }

  /**
   * Returns what happened so far.
   *
   * @return a snapshot
   */
  public Statistics statistics() {
    return cache.statistics();
  }

  /** Starts the statistics anew. */
  public void resetStatistics() {
    cache.resetStatistics();
  }

  /**
   * Returns how much the program has allocated.
   *
   * @return bytes, headers included
   */
  public long usedBytes() {
    return excluding(heap::used);
  }

  /**
   * Returns the most that was allocated at one time.
   *
   * @return bytes, headers included
   */
  public long peakBytes() {
    return excluding(heap::peak);
  }

  /**
   * Returns how much is free, in one block or many.
   *
   * @return bytes, headers included
   */
  public long freeBytes() {
    return excluding(heap::free);
  }

  /**
   * Reports on the heap's blocks. Reads every header.
   *
   * @return numbers and sizes of used and free blocks, and the fragmentation
   */
  public HeapReport heapReport() {
    cache.enter();
    try {
      return HeapReport.of(heap.allocator().walk());
    } finally {
      cache.exit();
    }
  }

  /**
   * Lists the heap's blocks in the order of their addresses. While the list is being walked nothing
   * may be allocated or freed, by other threads neither.
   *
   * @return used and free blocks
   */
  public Iterable<Block> blocks() {
    cache.enter();
    try {
      return heap.allocator().walk();
    } finally {
      cache.exit();
    }
  }

  /**
   * Returns the size of a page.
   *
   * @return bytes, a power of two
   */
  public int pageSize() {
    return settings.pageSize();
  }

  /**
   * Returns the number of frames.
   *
   * @return at least 1
   */
  public int frames() {
    return settings.frames();
  }

  /**
   * Returns the RAM in which data lie: frames, lock buffers and a buffer for transfers.
   *
   * @return bytes, at most the budget
   */
  public long ramBytes() {
    return cache.budgetBytes();
  }

  /**
   * Returns the RAM that keeps track of pages and free blocks.
   *
   * @return bytes: up to some hundreds of frames at most 16 KiB and 4 for each page of the pool
   */
  public long bookkeepingBytes() {
    return cache.bookkeepingBytes() + excluding(heap::ramBytes);
  }

  /**
   * Verifies the page cache and the heap. Reads every header.
   *
   * @throws AssertionError if the page cache contradicts itself
   * @throws CorruptPoolException if a block's header was overwritten
   */
  public void check() {
    cache.enter();
    try {
      cache.check();
      heap.check();
    } finally {
      cache.exit();
    }
  }

  /**
   * Flushes, and closes the store.
   *
   * @throws dev.virtmem.store.StoreException if the store fails. If it was in writing, the memory
   *     is still open, and can be closed again, or {@linkplain #abandon() abandoned}; if it was in
   *     closing the store, closing again tries that again
   * @throws IllegalStateException if locks are still open and the memory tracks them; everything is
   *     closed nevertheless, and the suppressed exceptions tell where they were taken
   */
  @Override
  public void close() {
    List<Hold> open = cache.close(heap::settle);
    if (settings.trackLocks() && !open.isEmpty()) {
      var leak = new IllegalStateException(open.size() + " locks were still open at close");
      open.forEach(hold -> leak.addSuppressed(hold.origin()));
      throw leak;
    }
  }

  /** Closes the store without flushing: for scratch data, or when the device is gone for good. */
  public void abandon() {
    cache.abandon();
  }

  @Override
  public String toString() {
    return "virtual memory over " + cache;
  }
}
