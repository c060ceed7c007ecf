package dev.virtmem.sdcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PersistentPool;
import dev.virtmem.VirtualMemory;
import dev.virtmem.persist.PersistentStore;
import dev.virtmem.persist.PoolShape;
import dev.virtmem.sim.SimulatedCard;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.Stores;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Cards that give up while a pool is in use: a clear exception, and the last commit stands. */
class FailingCardTest {
  private static final int SIZE = 1 << 20;

  private final SimulatedCard card = new SimulatedCard(SIZE, 64 * 1024);

  @Test
  void cardThatTurnsReadOnly() {
    var pool = fill(card);
    card.turnReadOnly();
    pool.root(0).asInts().set(0, -1);
    var e = assertThrows(StoreException.class, pool::commit);
    assertTrue(e.getMessage().contains("read-only"), e.getMessage());
    assertLastCommit(card.afterPowerCut(1));
    // The card itself can be read still, without being repaired.
    assertEquals(1, PersistentStore.openReadOnly(card).commitNumber());
  }

  @Test
  void cardThatIsWornOut() {
    var pool = fill(card);
    long worn = card.wear()[0];
    card.endure(worn + 100_000);
    var numbers = pool.root(0).asInts();
    long last = 1;
    int i = 0;
    try {
      while (i < 100_000) {
        numbers.set(1 + i % 10_000, ++i);
        if (i % 10 == 0) {
          numbers.set(0, i);
          last = pool.commit();
        }
      }
    } catch (StoreException e) {
      assertTrue(e.getMessage().contains("worn out"), e.getMessage());
    }
    assertTrue(i < 100_000 && last > 10, i + " changes, " + last + " commits");
    try (var again = PersistentStore.openReadOnly(card.afterPowerCut(1))) {
      assertTrue(again.commitNumber() >= last && again.commitNumber() <= last + 1);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void fileThatIsRemoved(@TempDir Path folder) throws Exception {
    Path path = folder.resolve("pool");
    try (var pool = fill(Stores.open("sd:" + path + "?size=1M"))) {
      Files.delete(path);
      pool.root(0).asInts().set(0, -1);
      var e = assertThrows(StoreException.class, pool::commit);
      assertTrue(e.getMessage().contains("NoSuchFile"), e.getMessage());
    }
  }

  private static PersistentPool fill(BackingStore store) {
    var pool =
        VirtualMemory.builder(PersistentStore.create(store, PoolShape.of(SIZE)))
            .ram(8192)
            .openPersistent();
    var numbers = pool.memory().allocateInts(20_000);
    for (int i = 0; i < 20_000; i++) {
      numbers.set(i, i);
    }
    pool.setRoot(0, numbers);
    pool.commit();
    return pool;
  }

  private static void assertLastCommit(SimulatedCard card) {
    try (var pool = VirtualMemory.builder(card).openPersistent()) {
      assertEquals(1, pool.store().commitNumber());
      var numbers = pool.root(0).asInts();
      for (int i = 0; i < 20_000; i++) {
        assertEquals(i, numbers.get(i));
      }
      pool.memory().check();
    }
  }
}
