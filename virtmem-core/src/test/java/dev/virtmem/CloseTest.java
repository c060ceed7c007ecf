package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.Stores;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Closing, and what is refused before anything is opened. */
class CloseTest {

  @Test
  void aStoreWhoseCloseFailsIsClosedAgainAndNothingElseIsDoneTwice() {
    int[] calls = new int[2];
    var store =
        new ForwardingStore(new HeapStore(4096)) {
          @Override
          public void sync() {
            calls[0]++;
            super.sync();
          }

          @Override
          public void close() {
            super.close();
            if (calls[1]++ == 0) {
              throw new StoreException("first close");
            }
          }
        };
    var memory = VirtualMemory.builder(store).open();
    memory.setInt(100, 1);
    assertThrows(StoreException.class, memory::close);
    assertThrows(IllegalStateException.class, () -> memory.getInt(100));
    memory.close();
    memory.close();
    assertEquals(1, calls[0]);
    assertEquals(2, calls[1]);
  }

  /** One thread is in the flush of its close while another closes lock and memory. */
  @Test
  void severalThreadsMayCloseASharedMemory() throws InterruptedException {
    var flushing = new CountDownLatch(1);
    var waiting = new Thread[1];
    var store =
        new ForwardingStore(new HeapStore(4096)) {
          @Override
          public void sync() {
            flushing.countDown();
            while (waiting[0].getState() != Thread.State.WAITING) {
              Thread.onSpinWait();
            }
            super.sync();
          }
        };
    var memory = VirtualMemory.builder(store).shared().open();
    var lock = memory.lock(new Pointer(memory, 200), 8);
    var failures = new Throwable[1];
    waiting[0] =
        new Thread(
            () -> {
              try {
                flushing.await();
                lock.close();
                memory.close();
              } catch (Throwable e) {
                failures[0] = e;
              }
            });
    waiting[0].start();
    memory.close();
    waiting[0].join();
    assertNull(failures[0]);
  }

  @Test
  @Timeout(60)
  void aLongLockBesideAnotherOneIsFound() {
    int frames = 8192;
    try (var memory =
        VirtualMemory.builder(new HeapStore(frames * 64L)).pageSize(64).frames(frames).open()) {
      memory.fill(64, (frames - 1) * 64L, (byte) 1);
      try (var small = memory.lockForReading(new Pointer(memory, frames * 32L), 1);
          var large = memory.lock(new Pointer(memory, 64), frames * 64L - 64)) {
        assertEquals(1, small.size());
        assertEquals(1, large.getByte(large.size() - 1));
        memory.check();
      }
    }
  }

  @Test
  void storesThatAreTooSmallForTheirPagesAreRefused() {
    var builder = VirtualMemory.builder(new HeapStore(100)).pageSize(65_536).ram(300_000);
    assertThrows(IllegalArgumentException.class, builder::open);
  }

  @Test
  void aSettingThatIsRefusedLeavesNoStoreOpen(@TempDir Path folder) {
    String uri = "file:" + folder.resolve("pool") + "?size=4K";
    assertThrows(IllegalArgumentException.class, () -> VirtualMemory.builder(uri).ram(5));
    Stores.open(uri).close();
  }

  @Test
  void framesBeyondTheBudgetLeaveNoStoreOpen(@TempDir Path folder) {
    String uri = "file:" + folder.resolve("pool") + "?size=4K";
    var builder = VirtualMemory.builder(uri).pageSize(64).frames(1).lockBuffers().ram(128);
    builder.open().close();
    assertThrows(IllegalArgumentException.class, () -> builder.frames(3).open());
    Stores.open(uri).close();
  }
}
