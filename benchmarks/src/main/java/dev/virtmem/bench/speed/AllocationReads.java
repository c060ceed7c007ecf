package dev.virtmem.bench.speed;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Reads of the store for a free and an allocation: counted, not timed.
 *
 * @param live blocks in use
 * @param readsPerPair transfers from the store, on average
 * @param bar the most that they may be
 * @param ok whether they are not more
 */
record AllocationReads(int live, double readsPerPair, double bar, boolean ok) {
  private static final int PAIRS = 20_000;
  private static final double BAR = 4;

  static List<AllocationReads> all() {
    return IntStream.of(100, 1_000, 10_000, 100_000).mapToObj(AllocationReads::count).toList();
  }

  private static AllocationReads count(int live) {
    try (var blocks = new LiveBlocks(live)) {
      long before = blocks.reads();
      for (int i = 0; i < PAIRS; i++) {
        blocks.replaceOne();
      }
      double reads = (double) (blocks.reads() - before) / PAIRS;
      return new AllocationReads(live, reads, BAR, reads <= BAR);
    }
  }
}
