package dev.virtmem.persist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.FaultyStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreOperation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A device that fails in the middle of a commit, and a pool with a damaged byte. */
class PoolFaultTest {
  private static final int PAGE = 512;
  private static final PoolShape SHAPE = PoolShape.of(400 * PAGE, PAGE, 20);

  private final HeapStore medium = new HeapStore(SHAPE.storeBytes());
  private final FaultyStore device = new FaultyStore(medium);
  private PersistentStore pool;

  @BeforeEach
  void create() {
    pool = PersistentStore.create(device, SHAPE);
    writePages(1);
    pool.commit(null);
  }

  @Test
  void eachFailureLeavesTheLastCommitOrTheNextOne() {
    for (boolean forGood : new boolean[] {false, true}) {
      boolean failed = true;
      for (int n = 1; failed; n++) {
        device.tearWrites(n);
        int before = contents(pool)[0];
        int value = before + 1;
        arm(n, forGood);
        failed = failsToCommit(value);
        device.repair();
        pool = PersistentStore.open(device);
        byte[] found = contents(pool);
        assertTrue(found[0] == before || found[0] == value, "operation " + n);
        assertArrayEquals(expected(found[0]), found, "operation " + n);
        assertTrue(failed || found[0] == value, "a commit that returned, operation " + n);
        assertEquals(List.of(), PoolCheck.of(device).faults(), "operation " + n);
      }
    }
  }

  @Test
  void failedWriteOfPagesMayBeRepeated() {
    writePages(2);
    arm(1, false, StoreOperation.WRITE);
    assertThrows(StoreException.class, () -> pool.commit(null));
    assertArrayEquals(expected(2), contents(pool), "nothing is lost");
    assertEquals(2, pool.commit(null));
    assertArrayEquals(expected(2), contents(PersistentStore.openReadOnly(medium)));
  }

  /** Memory may run out as well while the header is on its way. */
  @Test
  void anErrorAmidACommitSticksToo() {
    var outOfMemory =
        new ForwardingStore(medium) {
          boolean armed;

          @Override
          public void sync() {
            if (armed) {
              throw new OutOfMemoryError("of the test");
            }
            super.sync();
          }
        };
    pool = PersistentStore.open(outOfMemory);
    writePages(2);
    outOfMemory.armed = true;
    assertThrows(OutOfMemoryError.class, () -> pool.commit(null));
    outOfMemory.armed = false;
    assertThrows(StoreException.class, () -> pool.commit(null));
    assertArrayEquals(expected(1), contents(PersistentStore.openReadOnly(medium)));
  }

  @Test
  void failedSyncSticks() {
    writePages(2);
    arm(1, false, StoreOperation.SYNC);
    var e = assertThrows(StoreException.class, () -> pool.commit(null));
    assertTrue(e.getMessage().contains("commit 2"), e.getMessage());
    var again = assertThrows(StoreException.class, () -> pool.commit(null));
    assertTrue(again.getMessage().contains("must be opened again"), again.getMessage());
    assertThrows(StoreException.class, () -> pool.write(0, new byte[1], 0, 1));
    assertArrayEquals(expected(2), contents(pool), "it can still be read");
    assertArrayEquals(expected(1), contents(PersistentStore.openReadOnly(medium)));
  }

  @Test
  void secondHeaderIsWrittenWithTheNextCommitIfItFailed() {
    writePages(2);
    // pages, tables, first header, second header
    arm(writesOfACommit(), false, StoreOperation.WRITE);
    var e = assertThrows(StoreException.class, () -> pool.commit(null));
    assertTrue(e.getMessage().contains("commit 2 of"), e.getMessage());
    assertTrue(e.getMessage().contains("is durable"), e.getMessage());
    assertEquals(2, PersistentStore.openReadOnly(medium).commitNumber());
    assertEquals(1, PoolCheck.of(medium).repairs().size());
    pool.setRoot(0, 1);
    assertEquals(3, pool.commit(null));
    assertEquals(List.of(), PoolCheck.of(medium).repairs());
  }

  /** Finds out how many writes a commit of all pages takes, which leaves the pool as it was. */
  private int writesOfACommit() {
    for (int n = 1; ; n++) {
      var copy = new HeapStore(medium.capacity());
      byte[] bytes = contents(medium);
      copy.write(0, bytes, 0, bytes.length);
      var faulty = new FaultyStore(copy);
      var twin = PersistentStore.open(faulty);
      writePages(twin, 2);
      faulty.failAt(n, StoreOperation.WRITE);
      try {
        twin.commit(null);
        return n - 1;
      } catch (StoreException e) {
        assertTrue(n < 100, "a commit of so few pages takes so many writes");
      }
    }
  }

  @Test
  void damagedPageIsNamedAndTheOthersCanBeRead() {
    var e = new ArrayList<String>();
    for (long offset = 0; offset < medium.capacity(); offset += 64) {
      if (!isUsed(offset)) {
        continue;
      }
      flip(offset);
      var check = PoolCheck.of(medium);
      assertEquals(1, check.faults().size() + check.repairs().size(), offset + ": " + check);
      String what = check.faults().isEmpty() ? check.repairs().get(0) : check.faults().get(0);
      assertTrue(what.contains("at offset " + offset / PAGE * PAGE), what);
      e.add(what);
      assertReadableBut(check.faults());
      flip(offset);
    }
    assertEquals(List.of(), PoolCheck.of(medium).faults());
    assertTrue(e.stream().anyMatch(what -> what.startsWith("page")));
    assertTrue(e.stream().anyMatch(what -> what.startsWith("table")));
    assertTrue(e.stream().anyMatch(what -> what.startsWith("the first header")));
    assertTrue(e.stream().anyMatch(what -> what.startsWith("the second header")));
  }

  /** A pool may lose the page that is damaged, or those of a table, and no other. */
  private void assertReadableBut(List<String> faults) {
    var damaged = PersistentStore.openReadOnly(medium);
    byte[] page = new byte[PAGE];
    byte[] all = expected(1);
    int lost = 0;
    for (int at = 0; at < all.length; at += PAGE) {
      try {
        damaged.read(at, page, 0, PAGE);
        assertArrayEquals(Arrays.copyOfRange(all, at, at + PAGE), page, faults + " at " + at);
      } catch (DamagedPageException e) {
        lost++;
      }
    }
    boolean table = !faults.isEmpty() && faults.get(0).startsWith("table");
    assertTrue(lost <= (faults.isEmpty() ? 0 : table ? SHAPE.perTable() : 1), lost + " " + faults);
  }

  @Test
  void damagedHeaderIsWrittenAgain() {
    for (long offset : new long[] {100, SHAPE.storeBytes() - 100}) {
      flip(offset);
      assertEquals(1, PoolCheck.of(medium).repairs().size());
      var again = PersistentStore.open(device);
      assertEquals(1, again.commitNumber());
      assertArrayEquals(expected(1), contents(again));
      assertEquals(List.of(), PoolCheck.of(medium).repairs());
    }
  }

  @Test
  void poolWithADamagedTableIsNotWritten() {
    long table = findUsed("table");
    flip(table);
    byte[] before = contents(medium);
    var damaged = PersistentStore.open(device);
    var e = assertThrows(StoreException.class, () -> damaged.write(0, new byte[1], 0, 1));
    assertTrue(e.getMessage().contains("table"), e.getMessage());
    assertThrows(StoreException.class, () -> damaged.commit(null));
    assertArrayEquals(before, contents(medium));
  }

  @Test
  void damageOutsideOfTheCommitDoesNotMatter() {
    for (long offset = 0; offset < medium.capacity(); offset += PAGE) {
      if (!isUsed(offset)) {
        flip(offset);
      }
    }
    assertEquals(List.of(), PoolCheck.of(medium).faults());
    assertDoesNotThrow(() -> contents(PersistentStore.open(device)));
  }

  @Test
  void readErrorOfOnePageDoesNotTakeItsNeighboursAlong() {
    byte[] five = new byte[5 * PAGE];
    Arrays.fill(five, (byte) 4);
    pool.write(0, five, 0, five.length);
    pool.commit(null);
    device.failAt(1, StoreOperation.READ);
    byte[] found = new byte[5 * PAGE];
    pool.read(0, found, 0, found.length);
    assertArrayEquals(five, found);
    assertEquals(1, device.failures());
  }

  private boolean failsToCommit(int value) {
    try {
      writePages(value);
      pool.commit(null);
      return false;
    } catch (StoreException e) {
      return true;
    }
  }

  private void arm(int n, boolean forGood, StoreOperation... kinds) {
    if (forGood) {
      device.failFrom(n, kinds);
    } else {
      device.failAt(n, kinds);
    }
  }

  private void writePages(int value) {
    writePages(pool, value);
  }

  /** Every third page, so that there are several tables and pages without a place. */
  private static void writePages(PersistentStore pool, int value) {
    byte[] page = new byte[PAGE];
    Arrays.fill(page, (byte) value);
    for (int at = 0; at < pool.capacity(); at += 6 * PAGE) {
      pool.write(at, page, 0, PAGE);
    }
  }

  private static byte[] expected(int value) {
    byte[] all = new byte[(int) SHAPE.capacity()];
    for (int at = 0; at < all.length; at += 6 * PAGE) {
      Arrays.fill(all, at, at + PAGE, (byte) value);
    }
    return all;
  }

  private boolean isUsed(long offset) {
    byte[] page = new byte[PAGE];
    medium.read(offset / PAGE * PAGE, page, 0, PAGE);
    return !Arrays.equals(page, new byte[PAGE]);
  }

  private long findUsed(String kind) {
    for (long offset = PAGE; offset < medium.capacity(); offset += PAGE) {
      flip(offset);
      var faults = PoolCheck.of(medium).faults();
      flip(offset);
      if (!faults.isEmpty() && faults.get(0).startsWith(kind)) {
        return offset;
      }
    }
    throw new AssertionError("no " + kind);
  }

  private void flip(long offset) {
    byte[] one = new byte[1];
    medium.read(offset, one, 0, 1);
    one[0] ^= 0x10;
    medium.write(offset, one, 0, 1);
  }

  private static byte[] contents(BackingStore store) {
    byte[] bytes = new byte[(int) store.capacity()];
    store.read(0, bytes, 0, bytes.length);
    return bytes;
  }
}
