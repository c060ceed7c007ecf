package dev.virtmem.persist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.alloc.PoolLayout;
import dev.virtmem.alloc.Usage;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.openjdk.jol.info.GraphLayout;

class PersistentStoreTest extends BackingStoreContract {
  private static final int PAGE = 512;
  private static final HeapState HEAP =
      new HeapState(new PoolLayout(16, 4096, 512, 77), new Usage(100, 200, 3, 4));

  private final CountingStore device = new CountingStore(new KeptBytes(100 * PAGE));

  /** Survives being closed, as a device does. */
  private static final class KeptBytes extends dev.virtmem.store.ForwardingStore {
    KeptBytes(int capacity) {
      super(new HeapStore(capacity));
    }

    @Override
    public void close() {}
  }

  @Override
  protected BackingStore open() {
    return PersistentStore.create(new HeapStore(200 * PAGE), PoolShape.of(200 * PAGE, PAGE, 20));
  }

  @Override
  protected int rounds() {
    return 500;
  }

  @Test
  void isFoundAsItWasCommitted() {
    var pool = create();
    byte[] model = new byte[(int) pool.capacity()];
    var random = new Random(1);
    for (int commit = 1; commit <= 40; commit++) {
      for (int i = 0; i < 5; i++) {
        byte[] bytes = new byte[1 + random.nextInt(700)];
        random.nextBytes(bytes);
        int at = random.nextInt(model.length - bytes.length);
        pool.write(at, bytes, 0, bytes.length);
        System.arraycopy(bytes, 0, model, at, bytes.length);
      }
      pool.setRoot(15, commit);
      assertEquals(commit, pool.commit(HEAP));
      pool.write(0, new byte[300], 0, 300);
      pool.setRoot(15, -1);
      pool.close();
      pool = PersistentStore.open(device);
      assertEquals(commit, pool.commitNumber());
      assertEquals(commit, pool.root(15));
      assertEquals(HEAP, pool.heap());
      assertArrayEquals(model, contents(pool), "commit " + commit);
    }
  }

  @Test
  void unwrittenPagesAreZerosAndTakeNoPlace() {
    var pool = create();
    pool.write(3 * PAGE, new byte[] {1}, 0, 1);
    pool.commit(null);
    assertEquals(2, pool.usedPlaces(), "a page and its table");
    assertTrue(pool.isWritten(3));
    assertFalse(pool.isWritten(2));
    byte[] expected = new byte[(int) pool.capacity()];
    expected[3 * PAGE] = 1;
    assertArrayEquals(expected, contents(pool));
    assertNull(pool.heap());
  }

  @Test
  void commitWithoutChangesWritesNothing() {
    var pool = create();
    pool.write(0, new byte[] {1}, 0, 1);
    pool.commit(HEAP);
    device.reset();
    assertEquals(1, pool.commit(HEAP));
    pool.write(0, new byte[0], 0, 0);
    pool.read(0, new byte[10], 0, 10);
    pool.setRoot(3, 0);
    assertEquals(1, pool.commit(HEAP));
    assertEquals(0, device.traffic().writes());
    pool.setRoot(3, 7);
    assertEquals(2, pool.commit(HEAP), "a root is a change");
  }

  @Test
  void nothingNeededIsOverwrittenBeforeACommit() {
    var pool = create();
    fill(pool, 1);
    pool.commit(null);
    byte[] before = contents(device);
    // More than once round the spare places, with rewritten pages among them.
    for (int round = 0; round < 5; round++) {
      for (int page = 0; page < 10; page++) {
        pool.write(page * PAGE, filled(PAGE, 2 + round), 0, PAGE);
      }
    }
    var old = PersistentStore.openReadOnly(device);
    assertArrayEquals(filled((int) pool.capacity(), 1), contents(old));
    byte[] after = contents(device);
    assertArrayEquals(Arrays.copyOf(before, PAGE), Arrays.copyOf(after, PAGE), "first header");
    pool.commit(null);
    assertEquals(6, contents(PersistentStore.openReadOnly(device))[0]);
  }

  @Test
  void tooManyChangesAreRefusedAndTheLastCommitStands() {
    var pool = create();
    fill(pool, 1);
    pool.commit(null);
    int changeable = pool.room();
    assertTrue(changeable > 0 && changeable <= pool.shape().spare(), "room " + changeable);
    var e = assertThrows(CommitTooLargeException.class, () -> fill(pool, 2));
    assertTrue(e.getMessage().contains("spare pages"), e.getMessage());
    var again = PersistentStore.open(device);
    assertArrayEquals(filled((int) again.capacity(), 1), contents(again));
    for (int page = 0; page < changeable; page++) {
      again.write(page * PAGE, filled(PAGE, 3), 0, PAGE);
    }
    assertEquals(2, again.commit(null), "as many pages as there was room for");
  }

  @Test
  void thereIsAlwaysRoomForTheTablesOfACommit() {
    var shape = PoolShape.of(1 << 20, PAGE, 4);
    assertTrue(shape.tables() > 25, "more tables than there is RAM for: " + shape);
    var medium = new KeptBytes(1 << 20);
    var pool = PersistentStore.create(medium, shape);
    fill(pool, 1);
    pool.commit(null);
    var random = new Random(4);
    for (int commit = 2; commit < 60; commit++) {
      while (pool.room() > 0) {
        pool.write(random.nextLong(pool.capacity()), new byte[] {(byte) commit}, 0, 1);
      }
      byte[] before = contents(pool);
      assertEquals(commit, pool.commit(null));
      assertArrayEquals(before, contents(PersistentStore.openReadOnly(medium)));
    }
  }

  @Test
  void headerOfAnEarlierPoolWithOtherPagesDoesNotCount() {
    var medium = new KeptBytes(101 * PAGE);
    var earlier = PersistentStore.create(medium, new PoolShape(2 * PAGE, 50, 20));
    for (int commit = 1; commit < 10; commit++) {
      earlier.setRoot(0, commit);
      earlier.commit(null);
    }
    var pool = PersistentStore.create(medium, new PoolShape(PAGE, 101, 20));
    pool.setRoot(0, 77);
    pool.commit(null);
    medium.write(20, new byte[] {99}, 0, 1);
    assertEquals(77, PersistentStore.open(medium).root(0));
    assertEquals(77, PersistentStore.open(medium).root(0), "and the first header is whole again");
  }

  @Test
  void wholePoolCanBeLoadedAtOnce() {
    var pool = create();
    for (int round = 0; round < 3; round++) {
      fill(pool, 5 + round);
    }
    pool.commit(null);
    assertArrayEquals(
        filled((int) pool.capacity(), 7), contents(PersistentStore.openReadOnly(device)));
  }

  @Test
  void readOnlyWritesNothing() {
    create().close();
    device.write(99 * PAGE, new byte[PAGE], 0, PAGE);
    device.reset();
    var pool = PersistentStore.openReadOnly(device);
    var e = assertThrows(StoreException.class, () -> pool.write(0, new byte[1], 0, 1));
    assertTrue(e.getMessage().contains("reading only"), e.getMessage());
    assertThrows(StoreException.class, () -> pool.commit(null));
    assertEquals(0, device.traffic().writes());
  }

  @Test
  void closedPoolIsNotCommitted() {
    var pool = create();
    pool.write(0, new byte[] {1}, 0, 1);
    pool.close();
    assertThrows(StoreException.class, () -> pool.commit(null));
    assertEquals(0, PersistentStore.open(device).commitNumber());
  }

  @Test
  void ramIsAsStated() {
    var pool = create();
    var shape = pool.shape();
    // header, tables, 16 waiting or a quarter of the spare ones, half of that read
    int waiting = Math.min(16, shape.spare() / 4);
    int pages = 1 + shape.tables() + waiting + waiting / 2;
    assertTrue(pool.ramBytes() >= pages * PAGE, pool.ramBytes() + " bytes");
    assertTrue(pool.ramBytes() <= pages * PAGE + 1024, pool.ramBytes() + " bytes");
    fill(pool, 1);
    pool.commit(HEAP);
    long real =
        GraphLayout.parseInstance(pool).totalSize() - GraphLayout.parseInstance(device).totalSize();
    assertTrue(
        Math.abs(real - pool.ramBytes()) <= 4096, real + " bytes, stated " + pool.ramBytes());
  }

  private PersistentStore create() {
    return PersistentStore.create(device, PoolShape.of(100 * PAGE, PAGE, 30));
  }

  private static void fill(PersistentStore pool, int value) {
    byte[] all = filled((int) pool.capacity(), value);
    pool.write(0, all, 0, all.length);
  }

  private static byte[] filled(int length, int value) {
    byte[] bytes = new byte[length];
    Arrays.fill(bytes, (byte) value);
    return bytes;
  }

  private static byte[] contents(BackingStore store) {
    byte[] bytes = new byte[(int) store.capacity()];
    store.read(0, bytes, 0, bytes.length);
    return bytes;
  }
}
