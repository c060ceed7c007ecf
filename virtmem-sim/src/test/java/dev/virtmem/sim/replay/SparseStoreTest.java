package dev.virtmem.sim.replay;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import dev.virtmem.store.TransferCost;
import org.junit.jupiter.api.Test;

class SparseStoreTest extends BackingStoreContract {
  @Override
  protected BackingStore open() {
    return new SparseStore(10_007, TransferCost.MEMORY);
  }

  @Test
  void holdsBytesAtItsFarEndAndZerosElsewhere() {
    var store = new SparseStore(SparseStore.LARGEST, TransferCost.MEMORY);
    var bytes = new byte[] {1, 2, 3};
    store.write(SparseStore.LARGEST - 3, bytes, 0, 3);
    var back = new byte[4];
    store.read(SparseStore.LARGEST - 4, back, 0, 4);
    assertArrayEquals(new byte[] {0, 1, 2, 3}, back);
  }
}
