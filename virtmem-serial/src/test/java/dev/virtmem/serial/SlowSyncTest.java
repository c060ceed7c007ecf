package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.pty.PtyCable;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host whose disk takes longer for a sync than the store waits for a sign of life. */
@Timeout(60)
class SlowSyncTest {
  private static final int BAUD = 1_000_000;
  private static final int SIZE = 4096;

  /** Its first sync takes until it is told to end. */
  private static final class SlowDisk extends ForwardingStore {
    private final HeapStore disk;
    private final boolean firstFails;
    private final byte[] durable = new byte[SIZE];
    private final AtomicInteger syncs = new AtomicInteger();
    private final CountDownLatch done = new CountDownLatch(1);

    SlowDisk(HeapStore disk, boolean firstFails) {
      super(disk);
      this.disk = disk;
      this.firstFails = firstFails;
    }

    @Override
    public void sync() {
      try {
        done.await();
      } catch (InterruptedException e) {
        throw new StoreException("interrupted", e);
      }
      disk.read(0, durable, 0, SIZE);
      if (syncs.getAndIncrement() == 0 && firstFails) {
        throw new StoreException("the disk is broken");
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void theCallFailsAndALaterOneFindsWhatBecameOfIt(boolean firstFails) throws Exception {
    assumeTrue(PseudoTerminal.isSupported(), "no pseudo-terminals on this system");
    var slow = new SlowDisk(new HeapStore(SIZE), firstFails);
    var written = new byte[SIZE];
    written[99] = 1;
    try (var cable = new PtyCable();
        var host =
            new HostPort(
                Lines.port(cable.right(), BAUD),
                new PoolLender(size -> slow, SIZE, SIZE),
                new HostListener() {});
        var store =
            SerialStore.builder(Lines.port(cable.left(), BAUD))
                .protocol(Protocol.CHECKED)
                .baud(BAUD)
                .size(SIZE)
                .timeout(2_000_000_000)
                .reconnect(0)
                .open()) {
      store.write(0, written, 0, SIZE);
      var e = assertThrows(StoreException.class, store::sync);
      assertTrue(e.getMessage().contains("sync"), e.getMessage());
      assertEquals(0, slow.syncs.get());
      slow.done.countDown();
      assertEquals(firstFails, isToldUntilItSucceeds(store));
      assertArrayEquals(written, slow.durable);
      int syncs = slow.syncs.get();
      store.sync();
      assertEquals(syncs, slow.syncs.get(), "nothing was written since");
      assertTrue(host.isConnected());
    }
  }

  /** Is the failure of the disk told before a sync succeeds? Others may be: the host was busy. */
  private static boolean isToldUntilItSucceeds(SerialStore store) {
    boolean told = false;
    while (true) {
      try {
        store.sync();
        return told;
      } catch (StoreException e) {
        told |= e.getMessage().contains("the disk is broken");
      }
    }
  }
}
