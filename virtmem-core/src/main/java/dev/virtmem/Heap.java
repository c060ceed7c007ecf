package dev.virtmem;

import dev.virtmem.alloc.Allocator;
import dev.virtmem.alloc.Fit;
import dev.virtmem.alloc.PoolLayout;
import dev.virtmem.cache.PageCache;
import dev.virtmem.persist.HeapState;
import dev.virtmem.store.StoreException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The blocks of a memory: an allocator that is made when the first block is wanted, so that a
 * program that only uses addresses pays nothing for it. It tells the page cache which bytes nobody
 * cares about. Whoever calls has entered the cache.
 */
final class Heap {
  private final PageCache cache;
  private final int pageSize;
  private final Fit fit;
  private Allocator allocator;

  /** A block that nobody got to know since the store failed, freed when it works again; or 0. */
  private long orphan;

  private long orphanBytes;

  /** Creates a heap: one that goes on with a saved one, or a new one if there is none. */
  Heap(PageCache cache, int pageSize, Fit fit, HeapState saved) {
    this.cache = cache;
    this.pageSize = pageSize;
    this.fit = fit;
    if (saved != null) {
      allocator = Allocator.attach(cache, saved.layout(), fit, saved.usage());
    }
  }

  long allocate(long bytes) {
    freeOrphan();
    long address = allocator().allocate(bytes);
    cache.discard(address, bytes);
    return address;
  }

  void free(long address) {
    freeOrphan();
    release(address);
  }

  /**
   * Takes a block back whose owner failed before it got to know it: at once if that can be done,
   * else when the store works again.
   *
   * @param bytes what the block added to {@link #used()}
   */
  void takeBack(long address, long bytes, RuntimeException failure) {
    orphan = address;
    orphanBytes = bytes;
    try {
      freeOrphan();
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  private void freeOrphan() {
    if (orphan != 0) {
      release(orphan);
      orphan = 0;
      orphanBytes = 0;
    }
  }

  private void release(long address) {
    long size = allocator().sizeOf(address);
    allocator().free(address);
    // The ends of a block that became free say how large it is.
    long from = (address + 7) & -8;
    cache.discard(from, Math.max(0, address + size - 8 - from));
  }

  Allocator allocator() {
    if (allocator == null) {
      // Headers of an earlier heap in the same bytes must not pass for ours.
      int key = ThreadLocalRandom.current().nextInt();
      var layout = PoolLayout.of(PageCache.START, cache.end(), pageSize, key);
      allocator = Allocator.format(cache, layout, fit);
    }
    return allocator;
  }

  long used() {
    return allocator == null ? 0 : allocator.used() - orphanBytes;
  }

  long peak() {
    return allocator == null ? 0 : allocator.peakUsed();
  }

  long free() {
    return allocator == null ? cache.end() - PageCache.START : allocator.freeBytes() + orphanBytes;
  }

  long ramBytes() {
    return allocator == null ? 0 : allocator.ramBytes();
  }

  void check() {
    freeOrphan();
    if (allocator != null) {
      allocator.check();
    }
  }

  /** Returns what another heap must be told to go on with this one; null if there is no block. */
  HeapState state() {
    freeOrphan();
    settle();
    return allocator == null ? null : new HeapState(allocator.layout(), allocator.usage());
  }

  /** Takes back what a failed operation wrote, so that the pool is in order when it is closed. */
  void settle() {
    if (allocator != null) {
      allocator.settle();
    }
  }
}
