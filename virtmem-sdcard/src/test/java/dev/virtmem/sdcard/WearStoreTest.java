package dev.virtmem.sdcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import dev.virtmem.store.FaultyStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import java.util.List;
import org.junit.jupiter.api.Test;

class WearStoreTest extends BackingStoreContract {
  private final FaultyStore device = new FaultyStore(new HeapStore(1000));
  private final WearStore store = new WearStore(device, 100);

  @Override
  protected BackingStore open() {
    return new WearStore(new HeapStore(10_007));
  }

  @Test
  void countsBytesAndBlocks() {
    write(50, 100);
    write(110, 10);
    write(999, 1);
    write(0, 0);
    var wear = store.wear();
    assertEquals(111, wear.bytesWritten());
    assertEquals(4, wear.blocksWritten());
    assertEquals(100, wear.blockSize());
    assertEquals(
        List.of(new Wear.Block(100, 60), new Wear.Block(0, 50), new Wear.Block(900, 1)),
        wear.hottest());
    assertEquals(2.22, wear.amplification(50), 1e-9);
    assertThrows(IllegalArgumentException.class, () -> wear.amplification(0));
  }

  @Test
  void countsFailedWritesButNotRefusedOnes() {
    device.failAt(1);
    assertThrows(StoreException.class, () -> write(0, 10));
    assertThrows(IndexOutOfBoundsException.class, () -> write(995, 10));
    assertEquals(10, store.wear().bytesWritten());
  }

  @Test
  void showsTheHottestEight() {
    for (int block = 0; block < 10; block++) {
      write(block * 100, block + 1);
    }
    assertEquals(8, store.wear().hottest().size());
    assertEquals(new Wear.Block(900, 10), store.wear().hottest().getFirst());
  }

  @Test
  void refusesEmptyBlocks() {
    assertThrows(IllegalArgumentException.class, () -> new WearStore(device, 0));
  }

  private void write(int offset, int length) {
    store.write(offset, new byte[length], 0, length);
  }
}
