package dev.virtmem.bench.wire;

import dev.virtmem.VirtualMemory;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.Traffic;
import dev.virtmem.store.TransferCost;
import java.util.Map;

/** A memory with the original's RAM over a store of one cost, whose transfers are counted. */
final class Machine implements AutoCloseable {
  /** The original's frames and lock pages: 4 x 64, 4 x 256 and 4 x 1024 bytes. */
  static final int RAM = 4 * 64 + 4 * 256 + 4 * 1024;

  private final TransferCost cost;
  private final CountingStore store;
  private final VirtualMemory memory;
  private final Map<String, Measurement> results;

  /**
   * Opens a memory of which only pool, cost and RAM are given.
   *
   * @param results receives what is measured
   */
  Machine(long pool, TransferCost cost, Map<String, Measurement> results) {
    this.cost = cost;
    this.results = results;
    store = new CountingStore(new HeapStore(pool, cost));
    memory = VirtualMemory.builder(store).ram(RAM).open();
    if (memory.ramBytes() > RAM) {
      throw new IllegalStateException("the memory takes " + memory.ramBytes() + " bytes of RAM");
    }
  }

  VirtualMemory memory() {
    return memory;
  }

  /** Counts what a workload moves, from an empty page cache to the final flush. */
  void measure(String workload, Runnable work) {
    memory.drop();
    store.reset();
    work.run();
    memory.flush();
    Traffic traffic = store.traffic();
    double seconds = store.modelledSeconds();
    memory.drop();
    if (store.traffic().writes() != traffic.writes()) {
      throw new IllegalStateException(workload + ": the flush left something dirty");
    }
    results.put(
        workload,
        new Measurement(
            memory.frames(),
            memory.pageSize(),
            traffic.bytesRead(),
            traffic.bytesWritten(),
            traffic.reads(),
            traffic.writes(),
            seconds,
            Original.of(workload).seconds(cost) / seconds));
  }

  /** Fails unless a workload did what it should; called outside of {@link #measure}. */
  static void verify(boolean right, String what) {
    if (!right) {
      throw new IllegalStateException(what);
    }
  }

  @Override
  public void close() {
    memory.close();
  }
}
