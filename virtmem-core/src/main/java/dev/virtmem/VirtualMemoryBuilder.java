package dev.virtmem;

import dev.virtmem.alloc.Fit;
import dev.virtmem.cache.CacheSettings;
import dev.virtmem.cache.PageCache;
import dev.virtmem.persist.PersistentStore;
import dev.virtmem.persist.PoolShape;
import dev.virtmem.policy.Policies;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferCost;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Settings of a {@link VirtualMemory}. What is not set follows from the RAM budget and from what
 * the store says that a transfer costs.
 */
public final class VirtualMemoryBuilder {
  /** The RAM budget of a memory for which none is set, in bytes: that of the C++ original. */
  public static final int DEFAULT_RAM = 5376;

  private static final int MAX_FRAMES = 32_767;

  /** The page table's indices have 30 bits, of which not all may be 1. */
  private static final long MAX_USED = (1L << 30) - 1;

  private static final int UNSET = -1;

  private final Supplier<BackingStore> opener;
  private final boolean ownsStore;
  private long ram = UNSET;
  private int frames = UNSET;
  private int pageSize = UNSET;
  private int firstFetch = UNSET;
  private int maxFetch = UNSET;
  private int[] lockBuffers;
  private String policy = Policies.DEFAULT;
  private Fit fit = Fit.FREE_SPACE_MAP;
  private boolean shared;
  private boolean timed;
  private boolean trackLocks;
  private MemoryListener listener;

  VirtualMemoryBuilder(Supplier<BackingStore> opener, boolean ownsStore) {
    this.opener = opener;
    this.ownsStore = ownsStore;
  }

  /**
   * Sets the RAM budget: frames, lock buffers and transfer buffers together never take more. What
   * keeps track of them comes on top, see {@link VirtualMemory#bookkeepingBytes()}.
   *
   * @param bytes at least 128; {@value #DEFAULT_RAM} if not set
   * @return this
   */
  public VirtualMemoryBuilder ram(long bytes) {
    if (bytes < 128) {
      throw new IllegalArgumentException("a RAM budget needs at least 128 bytes, got " + bytes);
    }
    this.ram = bytes;
    return this;
  }

  /**
   * Sets the number of frames. All frames and lock buffers together take less than 1 GiB.
   *
   * @param count 1 to 32,767; as many as the budget allows if not set
   * @return this
   */
  public VirtualMemoryBuilder frames(int count) {
    if (count < 1 || count > MAX_FRAMES) {
      throw new IllegalArgumentException("frames must be 1 to " + MAX_FRAMES + ", got " + count);
    }
    this.frames = count;
    return this;
  }

  /**
   * Sets the page size. Small pages suit scattered data; streams lose nothing by them, since a
   * transfer may span pages. A fault reads a whole page then, unless {@link #fetch} says otherwise.
   *
   * @param bytes a power of two, 16 to 65,536; 64 if not set, or more for budgets above 256 KiB
   * @return this
   */
  public VirtualMemoryBuilder pageSize(int bytes) {
    if (bytes < 16 || bytes > 65_536 || Integer.bitCount(bytes) != 1) {
      throw new IllegalArgumentException(
          "page size must be a power of two from 16 to 65536, got " + bytes);
    }
    this.pageSize = bytes;
    return this;
  }

  /**
   * Sets how much a fault reads. If not set, it follows from the page size if that is set, else
   * from the store's cost.
   *
   * @param first bytes for a fault that continues no stream, a power of two
   * @param most bytes for one that does, in the end; the first again if streams are not to read
   *     ahead
   * @return this
   */
  public VirtualMemoryBuilder fetch(int first, int most) {
    if (first < 1 || Integer.bitCount(first) != 1 || most < first) {
      throw new IllegalArgumentException(
          "a first fetch is a power of two, and at most the largest one, got "
              + first
              + " and "
              + most);
    }
    this.firstFetch = first;
    this.maxFetch = most;
    return this;
  }

  /**
   * Sets buffers for small locks, so that they need not pin a frame each.
   *
   * @param sizes in bytes, each a power of two below the page size and at least a 64th of it; 4 of
   *     64 and 4 of 256, or a 64th of a page if that is more, if not set and the pages are larger
   *     than that, else none
   * @return this
   */
  public VirtualMemoryBuilder lockBuffers(int... sizes) {
    this.lockBuffers = sizes.clone();
    Arrays.sort(this.lockBuffers);
    return this;
  }

  /**
   * Sets frames, page size and lock buffers as the C++ original has them.
   *
   * @param preset which platform
   * @return this
   */
  public VirtualMemoryBuilder preset(Preset preset) {
    return frames(preset.frames())
        .pageSize(preset.pageSize())
        .lockBuffers(preset.lockBuffers(preset.pageSize()));
  }

  /**
   * Sets the replacement policy.
   *
   * @param name one of {@link Policies#names()}
   * @return this
   * @throws IllegalArgumentException if there is none of that name
   */
  public VirtualMemoryBuilder policy(String name) {
    Policies.named(name, 1);
    this.policy = name;
    return this;
  }

  /**
   * Sets how the allocator chooses a free block.
   *
   * @param strategy the strategy
   * @return this
   */
  public VirtualMemoryBuilder fit(Fit strategy) {
    this.fit = Objects.requireNonNull(strategy, "strategy");
    return this;
  }

  /**
   * Lets any thread use the memory. Each access takes a mutex then.
   *
   * @return this
   */
  public VirtualMemoryBuilder shared() {
    this.shared = true;
    return this;
  }

  /**
   * Measures the time in the store, which costs two readings of the clock a transfer.
   *
   * @return this
   */
  public VirtualMemoryBuilder timed() {
    this.timed = true;
    return this;
  }

  /**
   * Records where each lock is taken, and lets {@link VirtualMemory#close()} report those that are
   * still open.
   *
   * @return this
   */
  public VirtualMemoryBuilder trackLocks() {
    this.trackLocks = true;
    return this;
  }

  /**
   * Sets who is told what the page cache does.
   *
   * @param listener called in the middle of accesses
   * @return this
   */
  public VirtualMemoryBuilder listener(MemoryListener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /**
   * Opens the memory. What the store holds is left as it is until something is allocated or
   * written.
   *
   * @return the memory, which owns the store from now on
   * @throws IllegalArgumentException if the settings contradict each other, the store is too small
   *     or above 2^62 bytes, or its URI is wrong; a store that was opened by its URI is closed then
   * @throws dev.virtmem.store.StoreException if the store cannot be opened
   */
  public VirtualMemory open() {
    return open(
        store -> {
          var settings = settings(store);
          var cache = new PageCache(store, settings);
          return new VirtualMemory(
              cache, settings, new Heap(cache, settings.pageSize(), fit, null));
        });
  }

  /**
   * Opens a memory that outlives the program: the heap and the roots are as of the last commit. The
   * store must hold a pool, or nothing but zeros where one begins and ends, in which case it
   * becomes an empty pool of the usual {@linkplain PoolShape#of(long) shape}. To choose the shape
   * or to open a pool for reading only, give this builder a {@link PersistentStore}.
   *
   * @return the pool, which owns the store from now on
   * @throws IllegalArgumentException as {@link #open()} does
   * @throws dev.virtmem.persist.PoolFormatException if the store holds something else, or a pool of
   *     another size
   * @throws dev.virtmem.store.StoreException if the store cannot be opened or fails
   */
  public PersistentPool openPersistent() {
    return open(
        store -> {
          var pool = PersistentStore.of(store);
          var settings = settings(pool);
          var cache = new PageCache(pool, settings);
          checkReach(pool, cache);
          var heap = new Heap(cache, settings.pageSize(), fit, pool.heap());
          return new PersistentPool(new VirtualMemory(cache, settings, heap), cache, heap, pool);
        });
  }

  /** Large pages leave out the end of a pool that is no multiple of their sectors. */
  private static void checkReach(PersistentStore pool, PageCache cache) {
    if (pool.heap() != null && pool.heap().layout().end() > cache.end()) {
      throw new IllegalArgumentException(
          "the heap of %s ends at %d, but pages of this size reach to %d only: take smaller ones"
              .formatted(pool, pool.heap().layout().end(), cache.end()));
    }
  }

  private <T> T open(Function<BackingStore, T> onto) {
    BackingStore store = opener.get();
    try {
      return onto.apply(store);
    } catch (RuntimeException | Error e) {
      if (ownsStore) {
        closeAfter(e, store);
      }
      throw e;
    }
  }

  /** Nobody else could close a store that was opened by its URI: be it that RAM ran out. */
  private static void closeAfter(Throwable failure, BackingStore store) {
    try {
      store.close();
    } catch (StoreException e) {
      failure.addSuppressed(e);
    }
  }

  private CacheSettings settings(BackingStore store) {
    var settings = settings(store.cost());
    long capacity = store.capacity() & -Math.max(1, settings.pageSize() / 64);
    if (capacity < PageCache.START + 64 || capacity > 1L << 62) {
      throw new IllegalArgumentException(
          "%s has %d bytes that pages of %d can use, a memory needs at least 80 and at most 2^62"
              .formatted(store, capacity, settings.pageSize()));
    }
    return settings;
  }

  private CacheSettings settings(TransferCost cost) {
    long budget = ram == UNSET ? DEFAULT_RAM : ram;
    int page = pageSize == UNSET ? pageFor(budget) : pageSize;
    int[] buffers = lockBuffers == null ? buffersFor(page) : lockBuffers;
    int sink = Math.min(page, 64);
    int rest = sink + checkedSum(buffers, page);
    int count =
        frames == UNSET
            ? (int) Math.min(MAX_FRAMES, (Math.min(budget, MAX_USED) - rest) / page)
            : frames;
    long used = (long) count * page + rest;
    if (count < 1 || (ram != UNSET && used > ram)) {
      throw new IllegalArgumentException(
          "a RAM budget of %d bytes cannot hold %d frames of %d bytes, %d bytes of lock buffers and %d for transfers"
              .formatted(budget, Math.max(1, count), page, rest - sink, sink));
    }
    if (used > MAX_USED) {
      throw new IllegalArgumentException(
          "%d frames of %d bytes and %d bytes of lock buffers take more than the 1 GiB that a page cache can index"
              .formatted(count, page, rest - sink));
    }
    int first = firstFetch == UNSET ? firstFetch(cost) : firstFetch;
    int most = maxFetch == UNSET ? Math.max(first, maxFetch(cost, count * (long) page)) : maxFetch;
    return new CacheSettings(
        page,
        count,
        buffers,
        sink,
        first,
        2,
        most,
        8,
        gap(cost.readBreakEven()),
        gap(cost.writeBreakEven()),
        policy,
        shared,
        timed,
        trackLocks,
        listener);
  }

  /** Small pages, but not so many that they cost more to manage than they save. */
  private static int pageFor(long budget) {
    int page = budget < 1024 ? 16 : 64;
    while (page < 4096 && budget / page > 4096) {
      page *= 2;
    }
    return page;
  }

  private static int[] buffersFor(int page) {
    return page > 256 ? Preset.BOARD_64K.lockBuffers(page) : new int[0];
  }

  private static int checkedSum(int[] buffers, int page) {
    int sum = 0;
    for (int size : buffers) {
      if (size < Math.max(1, page / 64) || size >= page || Integer.bitCount(size) != 1) {
        throw new IllegalArgumentException(
            "lock buffers for pages of "
                + page
                + " bytes are powers of two from "
                + Math.max(1, page / 64)
                + " to "
                + page / 2
                + ", got "
                + size);
      }
      sum = Math.addExact(sum, size);
    }
    return sum;
  }

  /** Who wants pages of a size gets them; else what is read on suspicion should cost little. */
  private int firstFetch(TransferCost cost) {
    if (pageSize != UNSET) {
      return pageSize;
    }
    long half = Math.clamp(cost.readBreakEven() / 2, 16, 64);
    return (int) Long.highestOneBit(half);
  }

  /** A stream's read should hide its fixed cost, and leave room for the rest of the program. */
  private static int maxFetch(TransferCost cost, long framesBytes) {
    long enough = Math.max(1024, 50 * cost.readBreakEven());
    return (int) Math.max(16, Math.min(framesBytes / 2, enough));
  }

  private static int gap(long breakEven) {
    return (int) Math.min(breakEven, 2048);
  }
}
