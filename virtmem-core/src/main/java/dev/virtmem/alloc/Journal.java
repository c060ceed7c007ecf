package dev.virtmem.alloc;

/**
 * Writes that happen all or not at all. It remembers what each write replaced; when a write fails,
 * the earlier ones are taken back. Where that fails too (the device is gone), the rest is taken
 * back by the next {@link #settle}.
 */
final class Journal {
  private static final int CAPACITY = 4;

  private final PoolBytes pool;
  private final long[] addresses = new long[CAPACITY];
  private final long[] replaced = new long[CAPACITY];
  private final boolean[] wide = new boolean[CAPACITY];
  private int count;

  Journal(PoolBytes pool) {
    this.pool = pool;
  }

  void setInt(long address, int value) {
    int old = pool.getInt(address);
    pool.setInt(address, value);
    remember(address, old, false);
  }

  void setLong(long address, long value) {
    long old = pool.getLong(address);
    pool.setLong(address, value);
    remember(address, old, true);
  }

  private void remember(long address, long old, boolean isLong) {
    addresses[count] = address;
    replaced[count] = old;
    wide[count++] = isLong;
  }

  /** Runs writes as one. */
  void atomically(Runnable writes) {
    try {
      writes.run();
    } catch (RuntimeException | Error e) {
      try {
        settle();
      } catch (RuntimeException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    count = 0;
  }

  /** Takes back what is left of a failed sequence; repeats until it succeeds once. */
  void settle() {
    while (count > 0) {
      int last = count - 1;
      if (wide[last]) {
        pool.setLong(addresses[last], replaced[last]);
      } else {
        pool.setInt(addresses[last], (int) replaced[last]);
      }
      count = last;
    }
  }
}
