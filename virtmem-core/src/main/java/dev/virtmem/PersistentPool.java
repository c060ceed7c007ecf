package dev.virtmem;

import dev.virtmem.cache.PageCache;
import dev.virtmem.persist.PersistentStore;

/**
 * Virtual memory that outlives the program, and power cuts: opened again, it is as of its last
 * commit.
 *
 * <pre>{@code
 * try (var pool = VirtualMemory.builder("file:/var/pool?size=64M").ram(65_536).openPersistent()) {
 *   IntPointer count = pool.root(0).asInts();
 *   if (count.isNull()) {
 *     count = pool.memory().allocateInts(1);
 *     count.set(0);
 *     pool.setRoot(0, count);
 *   }
 *   count.set(count.get() + 1);
 *   pool.commit();
 * }
 * }</pre>
 *
 * <p>What was written, allocated and freed since the last commit, and the roots that were set, are
 * made durable together or not at all. Closing does not commit: what was not committed is given up.
 *
 * <p>The threads that may use the memory may use its pool.
 */
public final class PersistentPool implements AutoCloseable {
  private final VirtualMemory memory;
  private final PageCache cache;
  private final Heap heap;
  private final PersistentStore store;

  PersistentPool(VirtualMemory memory, PageCache cache, Heap heap, PersistentStore store) {
    this.memory = memory;
    this.cache = cache;
    this.heap = heap;
    this.store = store;
  }

  /**
   * Returns the memory, which is used like any other. It need not be closed, this pool does that.
   *
   * @return the memory
   */
  public VirtualMemory memory() {
    return memory;
  }

  /**
   * Makes everything since the last commit durable, all of it or nothing. If nothing was changed,
   * nothing is written.
   *
   * @return the number of the last commit, this one
   * @throws dev.virtmem.store.StoreException if the store fails, see {@link PersistentStore#commit}
   * @throws CorruptPoolException if a block's header was overwritten
   */
  public long commit() {
    cache.enter();
    try {
      var state = heap.state();
      cache.flush();
      return store.commit(state);
    } finally {
      cache.exit();
    }
  }

  /**
   * Returns a pointer that was left to find the program's data again.
   *
   * @param index which, 0 to 15
   * @return the pointer, to be cast to its type; null pointer if none was set
   * @throws IndexOutOfBoundsException if there is no such root
   */
  public Pointer root(int index) {
    cache.enter();
    try {
      return new Pointer(memory, store.root(index));
    } finally {
      cache.exit();
    }
  }

  /**
   * Leaves a pointer to find the program's data again. Durable with the next commit.
   *
   * @param index which, 0 to 15
   * @param pointer into this pool's memory, maybe a null pointer
   * @throws IndexOutOfBoundsException if there is no such root
   * @throws IllegalArgumentException if it points into another memory
   */
  public void setRoot(int index, Pointer pointer) {
    if (pointer.memory() != memory) {
      throw new IllegalArgumentException(pointer + " points into " + pointer.memory());
    }
    cache.enter();
    try {
      store.setRoot(index, pointer.address());
    } finally {
      cache.exit();
    }
  }

  /**
   * Returns the store of this pool, for its figures: shape, commits, how much may still be changed.
   * It must not be written to.
   *
   * @return the store
   */
  public PersistentStore store() {
    return store;
  }

  /**
   * Closes the memory and the store. What was not committed is given up.
   *
   * @throws dev.virtmem.store.StoreException if closing the store fails
   */
  @Override
  public void close() {
    memory.abandon();
  }

  @Override
  public String toString() {
    return store.toString();
  }
}
