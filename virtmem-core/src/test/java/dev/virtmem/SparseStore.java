package dev.virtmem;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.util.HashMap;
import java.util.Map;

/** A store of any capacity that keeps only what was written to it. */
final class SparseStore implements BackingStore {
  private final long capacity;
  private final Map<Long, Byte> bytes = new HashMap<>();

  SparseStore(long capacity) {
    this.capacity = capacity;
  }

  @Override
  public long capacity() {
    return capacity;
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    var part = new byte[target.length()];
    for (int i = 0; i < part.length; i++) {
      part[i] = bytes.getOrDefault(offset + i, (byte) 0);
    }
    target.put(0, part, 0, part.length);
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    var part = new byte[source.length()];
    source.get(0, part, 0, part.length);
    for (int i = 0; i < part.length; i++) {
      bytes.put(offset + i, part[i]);
    }
  }

  @Override
  public void sync() {
    // Nothing is cached.
  }

  @Override
  public TransferCost cost() {
    return TransferCost.MEMORY;
  }

  @Override
  public void close() {
    bytes.clear();
  }

  @Override
  public String toString() {
    return "sparse:" + capacity;
  }
}
