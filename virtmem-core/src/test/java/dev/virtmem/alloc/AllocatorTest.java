package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PoolExhaustedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllocatorTest {
  private static final int SIZE = 128 << 10;

  private final ArrayPool pool = new ArrayPool(0, SIZE);

  private Allocator allocator(Fit fit) {
    return Allocator.format(pool, PoolLayout.of(1, SIZE, 1024, 1), fit);
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void blocksAreDistinctAndHoldWhatWasAskedFor(Fit fit) {
    Allocator allocator = allocator(fit);
    long before = 0;
    for (int bytes = 0; bytes < 300; bytes++) {
      long address = allocator.allocate(bytes);
      assertTrue(address >= before, bytes + " bytes at " + address);
      assertTrue(allocator.sizeOf(address) >= Math.max(1, bytes));
      assertTrue(allocator.sizeOf(address) < bytes + 12);
      assertEquals(0, address % 4);
      before = address + allocator.sizeOf(address);
      allocator.check();
    }
    assertTrue(before <= SIZE);
  }

  @Test
  void smallBlocksCostFourBytes() {
    Allocator allocator = allocator(Fit.FREE_SPACE_MAP);
    allocator.allocate(12);
    assertEquals(16, allocator.used());
    allocator.allocate(4);
    assertEquals(24, allocator.used());
    long aligned = allocator.allocate(8);
    assertEquals(40, allocator.used());
    assertEquals(0, aligned % 8);
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void everythingFreedIsOneBlock(Fit fit) {
    Allocator allocator = allocator(fit);
    List<Long> live = new ArrayList<>();
    Random random = new Random(3);
    for (int i = 0; i < 400; i++) {
      live.add(allocator.allocate(random.nextInt(400)));
    }
    while (!live.isEmpty()) {
      allocator.free(live.remove(random.nextInt(live.size())));
      allocator.check();
    }
    assertEquals(List.of(new Block(8, SIZE - 8, 0)), blocks(allocator));
    assertEquals(0, allocator.used());
    assertEquals(SIZE - 8, allocator.freeBytes());
    assertTrue(allocator.peakUsed() > 0);
  }

  @Test
  void hundredBlocksIn128KiBSurviveAMillionPairs() {
    Allocator allocator = allocator(Fit.FREE_SPACE_MAP);
    Random random = new Random(100);
    long[] live = new long[100];
    for (int i = 0; i < live.length; i++) {
      live[i] = allocator.allocate(random.nextInt(16, 257));
    }
    for (int i = 0; i < 1_000_000; i++) {
      int victim = random.nextInt(live.length);
      allocator.free(live[victim]);
      live[victim] = allocator.allocate(random.nextInt(16, 257));
    }
    allocator.check();
    assertTrue(HeapReport.of(allocator.walk()).fragmentation() < 0.1);
  }

  @Test
  void aFreedBlockIsUsedAgain() {
    Allocator allocator = allocator(Fit.FREE_SPACE_MAP);
    long first = allocator.allocate(40);
    long second = allocator.allocate(40);
    allocator.free(first);
    assertEquals(first, allocator.allocate(30));
    assertNotEquals(second, allocator.allocate(30));
  }

  @Test
  void theLastFitIsFoundAlthoughItsClassIsInDoubt() {
    Allocator allocator = allocator(Fit.FREE_SPACE_MAP);
    long free = allocator.freeBytes();
    long address = allocator.allocate(free - 8);
    assertEquals(free - 8, allocator.sizeOf(address));
    assertEquals(0, allocator.freeBytes());
    allocator.check();
    assertThrows(PoolExhaustedException.class, () -> allocator.allocate(0));
    allocator.free(address);
    allocator.check();
    assertEquals(address, allocator.allocate(free - 8));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        SIZE,
        (1L << 32) - 1,
        1L << 32,
        (1L << 32) + 16,
        1L << 46,
        Long.MAX_VALUE - 8,
        Long.MAX_VALUE
      })
  void tooMuchIsRefused(long bytes) {
    for (Fit fit : Fit.values()) {
      Allocator allocator = allocator(fit);
      allocator.free(allocator.allocate(1));
      PoolExhaustedException e =
          assertThrows(PoolExhaustedException.class, () -> allocator.allocate(bytes));
      assertEquals(bytes, e.requested());
      assertEquals(SIZE - 8, e.free());
      assertTrue(e.getMessage().contains("" + bytes), e.getMessage());
      allocator.check();
    }
  }

  @Test
  void exhaustionTellsTheLargestFreeBlock() {
    Allocator allocator = allocator(Fit.FREE_SPACE_MAP);
    List<Long> live = new ArrayList<>();
    while (allocator.freeBytes() >= 104) {
      live.add(allocator.allocate(100));
    }
    for (int i = 0; i < live.size(); i += 2) {
      allocator.free(live.get(i));
    }
    long free = allocator.freeBytes();
    PoolExhaustedException e =
        assertThrows(PoolExhaustedException.class, () -> allocator.allocate(300));
    assertEquals(free, e.free());
    assertTrue(e.largestFree() >= 100 && e.largestFree() < 256, e.getMessage());
    allocator.allocate(100);
  }

  @Test
  void negativeSizesAreRefused() {
    Allocator allocator = allocator(Fit.FREE_SPACE_MAP);
    long address = allocator.allocate(8);
    for (long bytes : new long[] {-1, -8, Integer.MIN_VALUE, Long.MIN_VALUE}) {
      assertThrows(IllegalArgumentException.class, () -> allocator.allocate(bytes));
      assertThrows(IllegalArgumentException.class, () -> allocator.grow(address, bytes));
    }
  }

  @Test
  void aBlockGrowsIntoFreeMemoryBehindIt() {
    Allocator allocator = allocator(Fit.FREE_SPACE_MAP);
    long first = allocator.allocate(20);
    long second = allocator.allocate(100);
    long third = allocator.allocate(20);
    assertFalse(allocator.grow(first, 60));
    allocator.free(second);
    assertTrue(allocator.grow(first, 60));
    assertTrue(allocator.sizeOf(first) >= 60);
    allocator.check();
    long whole = third - 4 - first;
    assertFalse(allocator.grow(first, whole + 8));
    assertTrue(allocator.grow(first, whole));
    allocator.check();
    assertTrue(allocator.grow(first, 1));
    assertEquals(whole, allocator.sizeOf(first));
    allocator.free(first);
    allocator.check();
    assertTrue(allocator.grow(third, 20_000));
    assertFalse(allocator.grow(third, SIZE));
    assertFalse(allocator.grow(third, Long.MAX_VALUE));
    allocator.check();
  }

  @Test
  void aNarrowBlockDoesNotGrowLarge() {
    Allocator allocator = allocator(Fit.FREE_SPACE_MAP);
    long narrow = allocator.allocate(12);
    assertFalse(allocator.grow(narrow, 40_000));
    assertTrue(allocator.grow(narrow, 32_000));
    long wide = allocator.allocate(16);
    assertTrue(allocator.grow(wide, 40_000));
    assertEquals(40_000, allocator.sizeOf(wide));
    allocator.check();
  }

  @Test
  void aBlockDoesNotGrowWhereTheNextRegionWouldStartOffItsGrain() {
    ArrayPool large = new ArrayPool(0, 1 << 18);
    PoolLayout layout = new PoolLayout(0, 1 << 18, 1 << 16, 0);
    Allocator allocator = Allocator.format(large, layout, Fit.FREE_SPACE_MAP);
    long first = allocator.allocate((1 << 16) - 8);
    long second = allocator.allocate(100);
    allocator.allocate(100);
    allocator.free(second);
    assertFalse(allocator.grow(first, (1 << 16) + 96));
    assertEquals((1 << 16) - 8, allocator.sizeOf(first));
    allocator.check();
    assertEquals(second, allocator.allocate(100));
  }

  @Test
  void theLastBlockDoesNotGrow() {
    Allocator allocator = allocator(Fit.FIRST_FIT);
    long all = allocator.allocate(allocator.freeBytes() - 8);
    assertFalse(allocator.grow(all, SIZE));
    allocator.check();
  }

  @Test
  void theSmallestPoolHoldsFourBytes() {
    Allocator allocator =
        Allocator.format(pool, new PoolLayout(16, 24, 256, 0), Fit.FREE_SPACE_MAP);
    assertEquals(20, allocator.allocate(4));
    assertThrows(PoolExhaustedException.class, () -> allocator.allocate(1));
    allocator.free(20);
    assertThrows(PoolExhaustedException.class, () -> allocator.allocate(5));
    allocator.check();
  }

  @Test
  void ramStaysBelowTwoBytesARegion() {
    for (int regionBytes : new int[] {256, 1024, 4096}) {
      for (int size : new int[] {4096, SIZE, 16 << 20}) {
        PoolLayout layout = PoolLayout.of(0, size, regionBytes, 0);
        Allocator allocator = Allocator.format(new SparsePool(), layout, Fit.FREE_SPACE_MAP);
        long bound = 2L * layout.regions() * 103 / 100 + 2048;
        assertTrue(allocator.ramBytes() <= bound, allocator.ramBytes() + " of " + bound);
        assertTrue(allocator.ramBytes() >= 2L * layout.regions());
      }
    }
  }

  static List<Block> blocks(Allocator allocator) {
    List<Block> list = new ArrayList<>();
    allocator.walk().forEach(list::add);
    return list;
  }
}
