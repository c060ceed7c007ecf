package dev.virtmem.serial;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import java.util.Objects;
import java.util.function.LongFunction;

/**
 * Lends pools to devices, within limits: one for a pool and one for all together. Shared by the
 * sessions of all ports; safe for use by several threads.
 */
public final class PoolLender {
  private final LongFunction<? extends BackingStore> source;
  private final long maxPool;
  private final long maxTotal;
  private long lent;

  /**
   * Creates a lender.
   *
   * @param source opens a store of at least as many bytes as it is given; may throw {@link
   *     StoreException} or {@link IllegalArgumentException}
   * @param maxPool the largest pool, in bytes, 1 to 4,294,967,295
   * @param maxTotal all pools together, in bytes, at least {@code maxPool}
   * @throws IllegalArgumentException if a limit is out of range
   */
  public PoolLender(LongFunction<? extends BackingStore> source, long maxPool, long maxTotal) {
    this.source = Objects.requireNonNull(source, "source");
    if (maxPool < 1 || maxPool > 0xFFFF_FFFFL || maxTotal < maxPool) {
      throw new IllegalArgumentException(
          "a pool may have 1 to 4294967295 bytes and all together no less, got limits of "
              + maxPool
              + " and "
              + maxTotal);
    }
    this.maxPool = maxPool;
    this.maxTotal = maxTotal;
  }

  /**
   * Creates a lender of pools of zeros on the heap.
   *
   * @param maxPool the largest pool, in bytes, 1 to 2,147,483,639
   * @param maxTotal all pools together, in bytes, at least {@code maxPool}
   * @return a lender
   * @throws IllegalArgumentException if a limit is out of range
   */
  public static PoolLender heap(long maxPool, long maxTotal) {
    return new PoolLender(HeapStore::new, maxPool, maxTotal);
  }

  /**
   * Returns what is lent at the moment.
   *
   * @return bytes
   */
  public synchronized long lent() {
    return lent;
  }

  /**
   * Lends a pool.
   *
   * @throws StoreException if the limits or the source refuse it; the message says which
   */
  LentPool lend(long size) {
    reserve(size);
    BackingStore store = null;
    try {
      store = source.apply(size);
      if (store.capacity() < size) {
        throw new StoreException(
            store + " has " + store.capacity() + " bytes, the device wants " + size);
      }
      return new LentPool(this, store, size);
    } catch (RuntimeException | OutOfMemoryError e) {
      giveBack(size);
      if (store != null) {
        closeAfter(e, store);
      }
      throw e instanceof StoreException failure
          ? failure
          : new StoreException("no pool of " + size + " bytes: " + e.getMessage(), e);
    }
  }

  private static void closeAfter(Throwable failure, BackingStore store) {
    try {
      store.close();
    } catch (RuntimeException closing) {
      failure.addSuppressed(closing);
    }
  }

  /**
   * Checks the limit for one pool.
   *
   * @throws StoreException if a pool of this size is never lent
   */
  void check(long size) {
    if (size < 1 || size > maxPool) {
      throw new StoreException(
          "a pool of " + size + " bytes is refused: 1 to " + maxPool + " are allowed");
    }
  }

  private synchronized void reserve(long size) {
    check(size);
    if (size > maxTotal - lent) {
      throw new StoreException(
          "a pool of "
              + size
              + " bytes is refused: of "
              + maxTotal
              + " for all devices "
              + lent
              + " are lent");
    }
    lent += size;
  }

  synchronized void giveBack(long size) {
    lent -= size;
  }
}
