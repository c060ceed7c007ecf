package dev.virtmem.bench.wire;

/** One or more workloads that go on with the same memory. */
@FunctionalInterface
interface Workload {
  /** Bytes of the pool of all workloads but the traces. */
  int POOL = 128 << 10;

  /**
   * Runs, measures and verifies.
   *
   * @throws IllegalStateException if the memory does not hold what it should
   */
  void run(Machine machine);
}
