package dev.virtmem.bench.wire;

import dev.virtmem.VirtualMemory;

/** Measures what a workload does to a store. */
interface Gauge {
  /** A workload begins; the page cache is empty. */
  void start();

  /** The workload has ended, and all that it wrote has been flushed. */
  void stop(String workload, VirtualMemory memory);
}
