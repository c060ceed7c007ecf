package dev.virtmem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class CountingStoreTest extends BackingStoreContract {
  @Override
  protected BackingStore open() {
    return new CountingStore(new HeapStore(1000));
  }

  @Test
  void countsTransfersAndBytes() {
    try (var store = new CountingStore(new HeapStore(1000, FileStore.CARD))) {
      store.write(0, new byte[600], 0, 600);
      store.write(0, new byte[10], 0, 10);
      Traffic before = store.traffic();
      assertEquals(new Traffic(0, 2, 0, 610), before);
      store.read(5, new byte[7], 0, 7);
      var scattered = new TransferBuffer(new byte[20], 2);
      scattered.add(0, 5);
      scattered.add(10, 5);
      store.read(0, scattered);
      store.sync();
      assertEquals(new Traffic(2, 2, 17, 610), store.traffic());
      assertEquals(new Traffic(2, 0, 17, 0), store.traffic().minus(before));
      double writes = 2 * 1.5e-3 + (600 + 512) * 100e-9;
      double reads = 2 * (0.5e-3 + 512 * 50e-9);
      assertEquals(writes + reads, store.modelledSeconds(), 1e-12);
      store.reset();
      assertEquals(new Traffic(0, 0, 0, 0), store.traffic());
      assertEquals(0, store.modelledSeconds());
    }
  }

  @Test
  void doesNotCountWhatFailed() {
    var faulty = new FaultyStore(new HeapStore(100));
    try (var store = new CountingStore(faulty)) {
      faulty.failFrom(1);
      assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1));
      assertThrows(StoreException.class, () -> store.write(0, new byte[1], 0, 1));
      faulty.repair();
      assertThrows(IndexOutOfBoundsException.class, () -> store.read(100, new byte[1], 0, 1));
      assertEquals(new Traffic(0, 0, 0, 0), store.traffic());
      assertEquals(0, store.modelledSeconds());
    }
  }
}
