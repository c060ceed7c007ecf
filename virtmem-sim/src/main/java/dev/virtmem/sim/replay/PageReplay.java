package dev.virtmem.sim.replay;

import dev.virtmem.VirtualMemory;
import dev.virtmem.store.TransferCost;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/**
 * Plays a trace of blocks or pages through the page cache as through any textbook's demand-fetch
 * cache: each request takes one page as a whole, a miss brings in that page and no other, a write
 * misses as a read does. So the figures can be held against other simulators'.
 */
public final class PageReplay {
  private static final int PAGE = 16;

  private final Trace trace;

  /**
   * Creates a replay.
   *
   * @param trace of blocks or pages
   * @throws IllegalArgumentException if the trace is one of addresses
   */
  public PageReplay(Trace trace) {
    if (!trace.format().isPaged()) {
      throw new IllegalArgumentException(
          trace + " has addresses; only a trace of block or page numbers can be replayed as pages");
    }
    this.trace = trace;
  }

  /**
   * What a policy made of a trace.
   *
   * @param requests requests in the trace
   * @param misses requests whose page was in no frame
   * @param writeBacks dirty pages that were evicted; those that are still dirty at the end do not
   *     count
   */
  public record Result(long requests, long misses, long writeBacks) {}

  /**
   * Plays the trace from its start to its end on an empty cache.
   *
   * @param policy the name of a policy, as {@link dev.virtmem.policy.Policies#named} takes it
   * @param frames page frames, 1 to 65,535
   * @return misses and write-backs
   * @throws TraceFormatException if a line of the trace cannot be read
   * @throws IOException if the trace cannot be read
   * @throws IllegalArgumentException if there is no such policy, or the number is out of its range
   */
  public Result run(String policy, int frames) throws IOException {
    var memory =
        VirtualMemory.builder(new SparseStore(SparseStore.LARGEST, TransferCost.MEMORY))
            .frames(frames)
            .pageSize(PAGE)
            .fetch(PAGE, PAGE)
            .lockBuffers()
            .policy(policy)
            .open();
    try {
      var page = MemorySegment.ofArray(new byte[PAGE]);
      long requests =
          trace.forEach(
              (write, number, size) -> {
                if (write) {
                  memory.write(address(number), page);
                } else {
                  memory.read(address(number), page);
                }
              });
      var statistics = memory.statistics();
      return new Result(requests, statistics.faults(), statistics.writeBacks());
    } finally {
      memory.abandon();
    }
  }

  /** Leaves a page free between two, since dirty neighbours would be written back together. */
  private static long address(long number) {
    return (2 * number + 1) * PAGE;
  }
}
