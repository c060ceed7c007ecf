package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PoolExhaustedException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many pages an operation costs, in a cache of 4 pages of 1 KiB. */
class PageCountTest {
  private static final int PAGE = 1024;

  @ParameterizedTest
  @ValueSource(ints = {100, 1_000, 10_000, 100_000})
  void aPairCostsFewPagesWhateverTheNumberOfBlocks(int live) {
    assertTrue(
        readsPerPair(live) <= 2.5, live + " blocks: " + readsPerPair(live) + " pages a pair");
  }

  static double readsPerPair(int live) {
    int size = live * 2 * 142 & -PAGE;
    PagedPool pool = new PagedPool(size, PAGE, 4);
    Allocator allocator =
        Allocator.format(pool, PoolLayout.of(0, size, PAGE, 1), Fit.FREE_SPACE_MAP);
    Random random = new Random(live);
    long[] addresses = new long[live];
    for (int i = 0; i < live; i++) {
      addresses[i] = allocator.allocate(random.nextInt(16, 257));
    }
    int pairs = 20_000;
    long reads = 0;
    for (int i = 0; i < 2 * pairs; i++) {
      if (i == pairs) {
        reads = pool.reads();
      }
      int victim = random.nextInt(live);
      allocator.free(addresses[victim]);
      addresses[victim] = allocator.allocate(random.nextInt(16, 257));
    }
    double perPair = (double) (pool.reads() - reads) / pairs;
    allocator.check();
    return perPair;
  }

  @Test
  void mostOfAPoolIsPayload() {
    int size = 128 << 10;
    Allocator allocator =
        Allocator.format(
            new ArrayPool(0, size), PoolLayout.of(0, size, PAGE, 1), Fit.FREE_SPACE_MAP);
    Random random = new Random(7);
    long payload = 0;
    try {
      while (true) {
        int bytes = random.nextInt(16, 257);
        allocator.allocate(bytes);
        payload += bytes;
      }
    } catch (PoolExhaustedException e) {
      assertTrue(payload >= 0.93 * size, payload + " of " + size);
    }
  }

  @Test
  void sequentialRecordsOf12BytesTake16() {
    ArrayPool pool = new ArrayPool(0, 1 << 16);
    Allocator allocator =
        Allocator.format(pool, PoolLayout.of(0, 1 << 16, PAGE, 1), Fit.FREE_SPACE_MAP);
    long first = allocator.allocate(12);
    for (int i = 1; i < 1000; i++) {
      assertEquals(first + 16L * i, allocator.allocate(12));
    }
    assertEquals(16_000, allocator.used());
  }
}
