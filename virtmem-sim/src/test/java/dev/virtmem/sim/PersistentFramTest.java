package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virtmem.VirtualMemory;
import dev.virtmem.persist.PersistentStore;
import dev.virtmem.persist.PoolCheck;
import dev.virtmem.persist.PoolShape;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A pool on FRAM: the driver, the chip and its latch, with nothing that is made for cards. */
class PersistentFramTest {

  /** Keeps the chip powered, so that another pool finds it as it was left. */
  private static final class Powered extends ForwardingStore {
    Powered(BackingStore delegate) {
      super(delegate);
    }

    @Override
    public void close() {}
  }

  @Test
  void poolOutlivesTheProgram() {
    try (var chip = SimulatedChipStore.open("FM25V20A", 20_000_000, 0, 1)) {
      var device = new Powered(chip);
      PersistentStore.create(device, PoolShape.of(device.capacity())).close();
      for (int run = 0; run < 5; run++) {
        try (var pool = VirtualMemory.builder(device).ram(2048).openPersistent()) {
          assertEquals(512, pool.store().shape().pageSize());
          var count = pool.root(0).asInts();
          if (run == 0) {
            count = pool.memory().allocateInts(1000);
            count.set(0, 0);
            pool.setRoot(0, count);
          }
          assertEquals(run, count.get(0));
          count.set(0, run + 1);
          pool.commit();
          count.set(0, -1);
        }
      }
      assertEquals(List.of(), PoolCheck.of(device).faults());
    }
  }
}
