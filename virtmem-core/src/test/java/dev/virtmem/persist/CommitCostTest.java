package dev.virtmem.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PointerType;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.FileStore;
import dev.virtmem.store.HeapStore;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What a commit writes, in bytes: at most 2.2 pages for each that changed, and two more. */
class CommitCostTest {
  private static final int PAGE = 1024;
  private static final PoolShape SHAPE = PoolShape.of(8 << 20, PAGE, 25);

  private final CountingStore device =
      new CountingStore(new HeapStore(SHAPE.storeBytes(), FileStore.CARD));
  private final Random random = new Random(5);

  @Test
  void scatteredChangesCostTwoPagesEach() {
    var pool = PersistentStore.create(device, SHAPE);
    load(pool);
    for (int k = 1; k <= 400; k += 1 + k / 3) {
      Set<Integer> pages = new HashSet<>();
      while (pages.size() < k) {
        pages.add(random.nextInt(SHAPE.dataPages()));
      }
      device.reset();
      for (int page : pages) {
        pool.write(SHAPE.offset(page) + random.nextInt(PAGE), new byte[] {(byte) k}, 0, 1);
      }
      pool.commit(null);
      assertWithin(2.2 * k + 2, k + " scattered pages");
    }
  }

  @Test
  void scatteredChangesThroughAMemoryCostNoMore() {
    try (var pool =
        VirtualMemory.builder(PersistentStore.create(device, SHAPE))
            .ram(64 * PAGE)
            .openPersistent()) {
      long count = SHAPE.capacity() / 8 - 1000;
      var numbers = pool.memory().allocate(PointerType.LONG, count);
      for (long i = 0; i < count; i++) {
        numbers.set(i, i);
      }
      pool.commit();
      for (int k = 1; k < 100; k += 7) {
        device.reset();
        for (int i = 0; i < k; i++) {
          numbers.set(random.nextLong(count), -1);
        }
        pool.commit();
        assertWithin(2.2 * k + 2, k + " numbers");
      }
    }
  }

  @Test
  void freshPagesCostOne() {
    var pool = PersistentStore.create(device, SHAPE);
    device.reset();
    load(pool);
    assertWithin(1.02 * SHAPE.dataPages() + 2, "a load of all pages");
  }

  @Test
  void neighboursCostOneAndLeaveTogether() {
    var pool = PersistentStore.create(device, SHAPE);
    load(pool);
    device.reset();
    pool.write(0, new byte[64 * PAGE], 0, 64 * PAGE);
    pool.commit(null);
    assertWithin(64 + 1 + 2, "64 neighbours");
    // 4 times 16 pages, a table, two headers; a run of places may end once more
    assertTrue(device.traffic().writes() <= 8, device.traffic().writes() + " writes");
  }

  @Test
  void sameCostWhateverTheSizeOfThePool() {
    for (int size = 1 << 18; size <= 8 << 20; size <<= 1) {
      var counter = new CountingStore(new HeapStore(size));
      var pool = PersistentStore.create(counter, PoolShape.of(size, PAGE, 25));
      load(pool);
      counter.reset();
      pool.write(5, new byte[] {1}, 0, 1);
      pool.commit(null);
      assertEquals(4 * PAGE, counter.traffic().bytesWritten(), size + " bytes");
      assertTrue(counter.traffic().reads() <= 2, counter.traffic().reads() + " reads");
    }
  }

  private static void load(PersistentStore pool) {
    byte[] page = new byte[PAGE];
    for (long at = 0; at < pool.capacity(); at += PAGE) {
      page[0]++;
      pool.write(at, page, 0, PAGE);
    }
    pool.commit(null);
  }

  private void assertWithin(double pages, String what) {
    double written = (double) device.traffic().bytesWritten() / PAGE;
    assertTrue(written <= pages, what + " cost " + written + " pages, allowed are " + pages);
  }
}
