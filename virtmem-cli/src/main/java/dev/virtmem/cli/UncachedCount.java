package dev.virtmem.cli;

import dev.virtmem.PoolExhaustedException;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.Traffic;
import dev.virtmem.store.TransferCost;
import java.util.Optional;

/**
 * The same count as good as without a cache, to compare with: in a memory with a single frame,
 * which reads no byte more than is asked for, so that nearly each access is a transfer of its own.
 * Its store is ordinary memory, and only costs what the real one costs.
 */
final class UncachedCount {
  private static final int PAGE = 64;
  private static final long MAX_CAPACITY = 16 << 20;

  private final CountingStore store;
  private final VirtualMemory memory;
  private final WordTable table;
  private boolean full;

  /**
   * What went to the store.
   *
   * @param traffic transfers and bytes
   * @param seconds the time that they take
   */
  record Result(Traffic traffic, double seconds) {}

  UncachedCount(BackingStore like) {
    int capacity = (int) Math.min(like.capacity(), MAX_CAPACITY);
    store = new CountingStore(new Costing(new HeapStore(capacity), like.cost()));
    memory = VirtualMemory.builder(store).frames(1).pageSize(PAGE).fetch(1, 1).open();
    table = newTable();
  }

  /** Returns null if there is no room even for an empty one. */
  private WordTable newTable() {
    try {
      return new WordTable(memory);
    } catch (PoolExhaustedException e) {
      full = true;
      return null;
    }
  }

  /** Counts a word. */
  void add(String word) {
    if (full) {
      return;
    }
    try {
      table.add(word);
    } catch (PoolExhaustedException e) {
      full = true;
    }
  }

  /** Finds the most frequent words, and writes everything back, as the real count does. */
  void finish(int top) {
    if (!full) {
      TopWords.of(table, top);
      memory.flush();
    }
  }

  /** Returns what it took, or nothing if there was too much to count in ordinary memory. */
  Optional<Result> result() {
    return full
        ? Optional.empty()
        : Optional.of(new Result(store.traffic(), store.modelledSeconds()));
  }

  /** A store with the cost of another one. */
  private static final class Costing extends ForwardingStore {
    private final TransferCost cost;

    Costing(BackingStore delegate, TransferCost cost) {
      super(delegate);
      this.cost = cost;
    }

    @Override
    public TransferCost cost() {
      return cost;
    }
  }
}
