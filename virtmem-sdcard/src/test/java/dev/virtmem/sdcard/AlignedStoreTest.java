package dev.virtmem.sdcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.TransferBuffer;
import org.junit.jupiter.api.Test;

class AlignedStoreTest extends BackingStoreContract {

  /** Insists on what files that are opened past the cache insist on. */
  private static final class Strict extends ForwardingStore {
    Strict(int capacity) {
      super(new HeapStore(capacity));
    }

    @Override
    public void read(long offset, TransferBuffer target) {
      check(offset, target);
      super.read(offset, target);
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      check(offset, source);
      super.write(offset, source);
    }

    private void check(long offset, TransferBuffer buffer) {
      boolean inside = offset >= 0 && offset <= capacity() - buffer.length();
      boolean aligned = offset % 4096 == 0 && buffer.length() % 4096 == 0;
      assertTrue(aligned || !inside || buffer.length() == 0, buffer.length() + " at " + offset);
      assertTrue(!inside || buffer.length() <= 65_536, buffer.length() + " bytes");
    }
  }

  @Override
  protected BackingStore open() {
    return new AlignedStore(new Strict(51 * 4096));
  }

  @Override
  protected int rounds() {
    return 1000;
  }

  @Test
  void readsOnlyWhatAWriteLeavesAsItIs() {
    var counter = new CountingStore(new Strict(10 * 4096));
    var store = new AlignedStore(counter);
    store.write(4096, new byte[8192], 0, 8192);
    assertEquals(0, counter.traffic().reads());
    store.write(100, new byte[10], 0, 10);
    assertEquals(1, counter.traffic().reads());
    store.write(4096, new byte[5000], 0, 5000);
    assertEquals(2, counter.traffic().reads());
    store.write(5000, new byte[8192], 0, 8192);
    assertEquals(4, counter.traffic().reads());
    assertEquals(4, counter.traffic().writes());
  }
}
