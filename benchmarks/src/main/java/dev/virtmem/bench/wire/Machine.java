package dev.virtmem.bench.wire;

import dev.virtmem.VirtualMemory;
import dev.virtmem.store.BackingStore;

/** A memory with the original's RAM over a store whose use is measured. */
final class Machine implements AutoCloseable {
  /** The original's frames and lock pages: 4 x 64, 4 x 256 and 4 x 1024 bytes. */
  static final int RAM = 4 * 64 + 4 * 256 + 4 * 1024;

  private final VirtualMemory memory;
  private final Gauge gauge;

  /** Opens a memory of which only the store and the RAM are given. */
  Machine(BackingStore store, Gauge gauge) {
    this.gauge = gauge;
    memory = VirtualMemory.builder(store).ram(RAM).open();
    if (memory.ramBytes() > RAM) {
      throw new IllegalStateException("the memory takes " + memory.ramBytes() + " bytes of RAM");
    }
  }

  VirtualMemory memory() {
    return memory;
  }

  /** Measures a workload, from an empty page cache to the final flush. */
  void measure(String workload, Runnable work) {
    memory.drop();
    gauge.start();
    work.run();
    memory.flush();
    gauge.stop(workload, memory);
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
