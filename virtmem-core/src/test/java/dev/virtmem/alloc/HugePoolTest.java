package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PoolExhaustedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Pools beyond 2^40 bytes, blocks beyond 2^32. */
class HugePoolTest {
  private static final long END = 1L << 41;

  @Test
  void blocksBeyondFourGiBAreHandedOut() {
    for (int regionBytes : new int[] {1 << 20, 1 << 26}) {
      PoolLayout layout = PoolLayout.of(1, END, regionBytes, 9);
      Allocator allocator = Allocator.format(new SparsePool(), layout, Fit.FREE_SPACE_MAP);
      List<Long> live = new ArrayList<>();
      Random random = new Random(41);
      for (int i = 0; i < 60; i++) {
        long bytes = 1L << random.nextInt(36);
        long address = allocator.allocate(bytes + random.nextInt(100));
        assertTrue(allocator.sizeOf(address) >= bytes);
        live.add(address);
        if (i % 3 == 2) {
          allocator.free(live.remove(random.nextInt(live.size())));
        }
      }
      allocator.check();
      live.forEach(allocator::free);
      allocator.check();
      assertEquals(1, AllocatorTest.blocks(allocator).size());
    }
  }

  @Test
  void sizesAboveTheHighestClassAreTried() {
    PoolLayout layout = PoolLayout.of(1, END, 1 << 26, 9);
    Allocator allocator = Allocator.format(new SparsePool(), layout, Fit.FREE_SPACE_MAP);
    long first = allocator.allocate(100L << 30);
    long second = allocator.allocate(200L << 30);
    allocator.allocate(1);
    allocator.free(first);
    allocator.free(second);
    assertEquals(first, allocator.allocate(300L << 30));
    assertTrue(allocator.allocate(1L << 40) > second);
    assertThrows(PoolExhaustedException.class, () -> allocator.allocate(1L << 40));
    allocator.check();
  }
}
