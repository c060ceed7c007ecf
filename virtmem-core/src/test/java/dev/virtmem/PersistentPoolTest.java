package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.persist.DamagedPageException;
import dev.virtmem.persist.PersistentStore;
import dev.virtmem.persist.PoolFormatException;
import dev.virtmem.persist.PoolShape;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PersistentPoolTest {
  record Node(long value, RecordPointer<Node> next) {}

  private final KeptBytes medium = new KeptBytes(256 * 1024);
  private final CountingStore device = new CountingStore(medium);

  /** Survives being closed, as a device does. */
  private static final class KeptBytes extends ForwardingStore {
    KeptBytes(int capacity) {
      super(new HeapStore(capacity));
    }

    @Override
    public void close() {}
  }

  @Test
  void programFindsItsDataAgain() {
    for (int run = 0; run < 10; run++) {
      try (var pool = open()) {
        var head = pool.root(0).asRecords(Node.class);
        for (int i = 0; i < 50; i++) {
          head = pool.memory().allocate(new Node(run * 50 + i, head));
        }
        pool.setRoot(0, head);
        assertEquals(run + 1, pool.commit());
      }
    }
    try (var pool = open()) {
      var node = pool.root(0).asRecords(Node.class);
      for (int i = 499; i >= 0; i--) {
        assertEquals(i, node.get().value());
        var next = node.get().next();
        pool.memory().free(node);
        node = next;
      }
      assertTrue(node.isNull());
      pool.memory().check();
      assertEquals(0, pool.memory().usedBytes());
    }
  }

  @Test
  void whatWasNotCommittedIsGivenUp() {
    try (var pool = open()) {
      var number = pool.memory().allocateInts(1);
      number.set(1);
      pool.setRoot(3, number);
      pool.commit();
      number.set(2);
      pool.memory().allocateInts(1000);
      pool.setRoot(3, pool.memory().allocateInts(1));
      pool.memory().flush();
    }
    try (var pool = open()) {
      assertEquals(1, pool.root(3).asInts().get());
      assertEquals(8, pool.memory().usedBytes());
      pool.memory().check();
    }
  }

  @Test
  void closingTheMemoryCommitsNothingEither() {
    try (var memory = open().memory()) {
      memory.allocateInts(1).set(7);
    }
    assertEquals(0, PersistentStore.open(device).commitNumber());
  }

  @Test
  void commitWithoutChangesWritesNothing() {
    try (var pool = open()) {
      pool.memory().allocateInts(10).set(1);
      pool.commit();
      device.reset();
      pool.memory().statistics();
      assertEquals(1, pool.commit());
      assertEquals(0, device.traffic().writes());
    }
  }

  @Test
  void locksAreCommittedAsTheyAre() {
    try (var pool = open()) {
      var bytes = pool.memory().allocateBytes(100);
      pool.setRoot(0, bytes);
      try (var lock = pool.memory().lock(bytes, 40)) {
        lock.setByte(3, (byte) 9);
        pool.commit();
      }
    }
    try (var pool = open()) {
      assertEquals(9, pool.root(0).asBytes().plus(3).get());
    }
  }

  @Test
  void commitsFarMoreThanTheCacheHolds() {
    int count = 30_000;
    try (var pool = open()) {
      var numbers = pool.memory().allocateInts(count);
      for (int i = 0; i < count; i++) {
        numbers.set(i, i * 31);
      }
      pool.setRoot(0, numbers);
      assertEquals(1, pool.commit());
    }
    try (var pool = open()) {
      var numbers = pool.root(0).asInts();
      for (int i = 0; i < count; i++) {
        assertEquals(i * 31, numbers.get(i));
      }
    }
  }

  @Test
  void damagedPageDoesNotTakeWhatIsReadAheadOfIt() {
    int count = 20_000;
    try (var pool = open()) {
      var numbers = pool.memory().allocateInts(count);
      for (int i = 0; i < count; i++) {
        numbers.set(i, i);
      }
      pool.setRoot(0, numbers);
      pool.commit();
    }
    byte[] one = new byte[1];
    medium.read(50_000, one, 0, 1);
    one[0] ^= 1;
    medium.write(50_000, one, 0, 1);
    try (var pool = open()) {
      var numbers = pool.root(0).asInts();
      int lost = 0;
      for (int i = 0; i < count; i++) {
        try {
          assertEquals(i, numbers.get(i));
        } catch (DamagedPageException e) {
          lost++;
        }
      }
      assertEquals(pool.store().shape().pageSize() / 4, lost);
    }
  }

  @Test
  void foreignContentsAreRefused() {
    medium.write(0, new byte[] {'P', 'K', 3, 4}, 0, 4);
    var e = assertThrows(PoolFormatException.class, this::open);
    assertTrue(e.getMessage().contains("begins with 50 4b 03 04"), e.getMessage());
    assertTrue(e.getMessage().contains("a pool begins with 89 56 4d 50"), e.getMessage());
  }

  @Test
  void shapeIsTheUsers() {
    var shape = PoolShape.of(medium.capacity(), 1024, 50);
    try (var pool = VirtualMemory.builder(PersistentStore.create(device, shape)).openPersistent()) {
      assertEquals(shape, pool.store().shape());
      assertEquals(shape.capacity(), pool.memory().end());
      pool.memory().allocateInts(1).set(1);
      pool.commit();
    }
    try (var pool = VirtualMemory.builder(PersistentStore.openReadOnly(device)).openPersistent()) {
      assertEquals(1, pool.store().commitNumber());
      pool.memory().check();
      pool.memory().allocateInts(1).set(1);
      assertThrows(StoreException.class, pool::commit);
    }
  }

  @Test
  void pageSizeMayChangeFromRunToRun() {
    PersistentStore.create(device, new PoolShape(512, 512, 301)).close();
    for (int page = 16; page <= 32_768; page *= 2) {
      try (var pool = VirtualMemory.builder(device).pageSize(page).frames(4).openPersistent()) {
        var last = pool.root(0).asInts();
        assertEquals(page / 2, last.isNull() ? 8 : last.get());
        var next = pool.memory().allocateInts(1000);
        next.set(page);
        pool.setRoot(0, next);
        pool.commit();
        pool.memory().check();
      }
    }
    var tooLarge = VirtualMemory.builder(device).pageSize(65_536).frames(1);
    var e = assertThrows(IllegalArgumentException.class, tooLarge::openPersistent);
    assertTrue(e.getMessage().contains("take smaller ones"), e.getMessage());
  }

  @Test
  void poolOnAFileIsFoundByItsUri(@TempDir Path folder) {
    String uri = "file:" + folder.resolve("pool") + "?size=1M";
    for (int run = 0; run < 3; run++) {
      try (var pool = VirtualMemory.builder(uri).openPersistent()) {
        var count = pool.root(0).isNull() ? pool.memory().allocateInts(1) : pool.root(0).asInts();
        assertEquals(run, run == 0 ? 0 : count.get());
        count.set(run + 1);
        pool.setRoot(0, count);
        pool.commit();
      }
    }
  }

  @Test
  void rootsAreChecked() {
    try (var pool = open();
        var other = VirtualMemory.builder(new HeapStore(4096)).open()) {
      var pointer = pool.memory().allocateInts(1);
      assertThrows(IndexOutOfBoundsException.class, () -> pool.setRoot(16, pointer));
      assertThrows(IndexOutOfBoundsException.class, () -> pool.root(-1));
      var foreign = other.allocateInts(1);
      assertThrows(IllegalArgumentException.class, () -> pool.setRoot(0, foreign));
      assertTrue(pool.root(0).isNull());
      pool.setRoot(0, pointer);
      assertFalse(pool.root(0).isNull());
    }
  }

  @Test
  void closedPoolIsNotUsed() {
    var pool = open();
    pool.close();
    pool.close();
    assertThrows(IllegalStateException.class, pool::commit);
    assertThrows(IllegalStateException.class, () -> pool.root(0));
  }

  private PersistentPool open() {
    return VirtualMemory.builder(device).ram(2048).openPersistent();
  }
}
