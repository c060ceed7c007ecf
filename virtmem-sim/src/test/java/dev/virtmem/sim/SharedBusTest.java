package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Stores that share a bus, used by several threads. Each store has a Pi4J context and a provider of
 * its own, as those that are opened by URIs, so that no mutex of the simulation hides a fault.
 */
class SharedBusTest {
  private static final int OPERATIONS = 250_000;

  private final List<Context> contexts = new ArrayList<>();
  private final CommandLog log = new CommandLog(0);

  @AfterEach
  void shutDown() {
    contexts.forEach(Context::shutdown);
  }

  /** The wires of a bus: what one transfer puts on them, another one at the time would destroy. */
  private static final class Wires {
    final AtomicInteger overlaps = new AtomicInteger();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final byte[] mosi = new byte[4096];
    private int transfers;

    SpiDevice with(SpiDevice chip) {
      return (out, outFrom, in, inFrom, length) -> {
        if (busy.getAndSet(true)) {
          overlaps.incrementAndGet();
        }
        System.arraycopy(out, outFrom, mosi, 0, length);
        if (++transfers % 64 == 0) {
          Thread.yield();
        }
        chip.transfer(mosi, 0, in, inFrom, length);
        busy.set(false);
      };
    }
  }

  private SpiRamStore open(int bus, int channel, SpiDevice device) {
    var provider =
        new SimulatedSpiProvider(new VirtualClock(0)).connect(bus, channel, device).log(log);
    Context context = Pi4J.newContextBuilder().add(provider).build();
    contexts.add(context);
    return SpiRamStore.builder(SpiRamChip.byName("23LC1024")).open(context, bus, channel);
  }

  @Test
  void oneTransferAtATime() throws Exception {
    var wires = new Wires();
    var chips = List.of(SramChip.powerUp("23LC1024", 1), SramChip.powerUp("23LC1024", 2));
    var stores = new ArrayList<SpiRamStore>();
    for (int channel = 0; channel < 2; channel++) {
      stores.add(open(0, channel, wires.with(chips.get(channel))));
    }
    var tasks = new ArrayList<Callable<byte[]>>();
    for (int thread = 0; thread < 4; thread++) {
      var store = stores.get(thread % 2);
      int from = thread / 2 * 4096;
      int seed = thread;
      tasks.add(() -> work(store, from, new Random(seed)));
    }
    try (var threads = Executors.newFixedThreadPool(4)) {
      List<Future<byte[]>> models = threads.invokeAll(tasks);
      for (int thread = 0; thread < 4; thread++) {
        byte[] model = models.get(thread).get();
        byte[] held = chips.get(thread % 2).peek(thread / 2 * 4096, 4096);
        assertArrayEquals(model, held, "thread " + thread);
      }
    }
    assertEquals(0, wires.overlaps.get());
    assertEquals(List.of(), log.interleavings());
    assertTrue(log.total() >= 4 * OPERATIONS);
    for (SramChip chip : chips) {
      assertEquals(List.of(), chip.violations());
    }
  }

  /** Works on 4 KiB of a store, which it shares with another thread that has other 4 KiB. */
  private static byte[] work(BackingStore store, int from, Random random) {
    var model = new byte[4096];
    synchronized (store) {
      store.write(from, model, 0, model.length);
    }
    for (int step = 0; step < OPERATIONS; step++) {
      var data = new byte[1 + random.nextInt(64)];
      int at = random.nextInt(model.length - data.length + 1);
      boolean write = random.nextBoolean();
      if (write) {
        random.nextBytes(data);
        System.arraycopy(data, 0, model, at, data.length);
      }
      synchronized (store) {
        if (write) {
          store.write(from + at, data, 0, data.length);
        } else {
          store.read(from + at, data, 0, data.length);
        }
      }
      if (!Arrays.equals(model, at, at + data.length, data, 0, data.length)) {
        throw new AssertionError("wrong bytes in step " + step + " of " + Thread.currentThread());
      }
    }
    return model;
  }

  @Test
  void busesDoNotWaitForEachOther() throws Exception {
    var inTransfer = new CountDownLatch(1);
    var otherIsDone = new CountDownLatch(1);
    var armed = new AtomicBoolean();
    var waited = new AtomicBoolean();
    var chip = SramChip.powerUp("23LC1024", 1);
    var slow =
        open(
            0,
            0,
            (out, outFrom, in, inFrom, length) -> {
              chip.transfer(out, outFrom, in, inFrom, length);
              if (armed.get()) {
                inTransfer.countDown();
                waited.set(await(otherIsDone));
              }
            });
    var other = open(1, 0, SramChip.powerUp("23LC1024", 2));
    armed.set(true);
    try (var threads = Executors.newFixedThreadPool(2)) {
      Future<?> first = threads.submit(() -> slow.read(0, new byte[1], 0, 1));
      assertTrue(await(inTransfer));
      Future<?> second = threads.submit(() -> other.read(0, new byte[1], 0, 1));
      second.get(20, TimeUnit.SECONDS);
      otherIsDone.countDown();
      first.get(20, TimeUnit.SECONDS);
    }
    assertTrue(waited.get(), "bus 1 had to wait for bus 0");
  }

  private static boolean await(CountDownLatch latch) {
    try {
      return latch.await(10, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
