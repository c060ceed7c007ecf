package dev.virtmem.serial;

import dev.virtmem.store.BackingStore;
import java.util.Arrays;

/** A pool that a device has. It counts against its lender's limits until it is closed. */
final class LentPool implements AutoCloseable {
  private final PoolLender lender;
  private final BackingStore store;
  private final long size;
  private boolean closed;

  LentPool(PoolLender lender, BackingStore store, long size) {
    this.lender = lender;
    this.store = store;
    this.size = size;
  }

  long size() {
    return size;
  }

  boolean contains(long offset, long length) {
    return offset <= size && length <= size - offset;
  }

  /** Reads, and gives zeros beyond the end. */
  void read(long offset, byte[] target, int from, int length) {
    int inside = inside(offset, length);
    if (inside > 0) {
      store.read(offset, target, from, inside);
    }
    Arrays.fill(target, from + inside, from + length, (byte) 0);
  }

  /** Writes, and drops what is beyond the end. */
  void write(long offset, byte[] source, int from, int length) {
    int inside = inside(offset, length);
    if (inside > 0) {
      store.write(offset, source, from, inside);
    }
  }

  /** Makes all that was written as durable as the store can. */
  void sync() {
    store.sync();
  }

  private int inside(long offset, int length) {
    return Math.clamp(size - offset, 0, length);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      try {
        store.close();
      } finally {
        lender.giveBack(size);
      }
    }
  }
}
