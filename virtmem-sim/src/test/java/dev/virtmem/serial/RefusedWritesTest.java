package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.VirtualMemory;
import dev.virtmem.sim.LineEnd;
import dev.virtmem.sim.LineFaults;
import dev.virtmem.sim.SimulatedLine;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A host whose store fails to write, and is well again later. */
class RefusedWritesTest {
  private static final int SIZE = 2048;
  private static final int BAUD = 1_000_000;

  private final HeapStore pool = new HeapStore(SIZE);
  private final byte[] model = new byte[SIZE];
  private BooleanSupplier refuses = () -> false;
  private HostSession host;
  private int refusals;
  private boolean failsToSync;
  private int syncs;

  /** How many of the host's next answers get lost. */
  private int lostAnswers;

  private SerialStore open(LineFaults faults, long seed) {
    var lent =
        new ForwardingStore(pool) {
          @Override
          public void write(long offset, TransferBuffer source) {
            if (refuses.getAsBoolean()) {
              refusals++;
              throw new StoreException("the card is full");
            }
            super.write(offset, source);
          }

          @Override
          public void sync() {
            syncs++;
            if (failsToSync) {
              failsToSync = false;
              throw new StoreException("the disk is broken");
            }
          }
        };
    var random = new Random(seed);
    host =
        new HostSession(
            new PoolLender(size -> lent, SIZE, SIZE), new HostListener() {}, random::nextLong);
    var line = new SimulatedLine(withLosses(host), BAUD, 500_000, 0, faults);
    SerialStoreBuilder builder =
        SerialStore.builder(line)
            .size(SIZE)
            .baud(BAUD)
            .chunk(64)
            .window(8)
            .retry(20_000_000)
            .timeout(20_000_000_000L)
            .nonces(random::nextLong);
    var opened = new SerialStore[1];
    untilItSucceeds(
        "open",
        () -> {
          line.pause(1_000_000);
          opened[0] = builder.open();
        });
    return opened[0];
  }

  private LineEnd withLosses(HostSession host) {
    return new LineEnd() {
      @Override
      public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
          throws IOException {
        host.receive(
            bytes,
            from,
            length,
            nanos,
            (answer, at, count) -> {
              if (lostAnswers > 0) {
                lostAnswers--;
              } else {
                answers.write(answer, at, count);
              }
            });
      }

      @Override
      public void lineLost() {
        host.lineLost();
      }
    };
  }

  private byte[] poolBytes() {
    var all = new byte[SIZE];
    pool.read(0, all, 0, SIZE);
    return all;
  }

  private void write(SerialStore store, int at, int length, int value) {
    Arrays.fill(model, at, at + length, (byte) value);
    store.write(at, model, at, length);
  }

  @Test
  void eachCallTellsUntilTheHostIsWellAndThenNothingIsMissing() {
    try (var store = open(LineFaults.NONE, 1)) {
      write(store, 0, 1000, 1);
      store.sync();
      refuses = () -> true;
      write(store, 100, 100, 2);
      write(store, 150, 300, 3);
      for (int i = 0; i < 3; i++) {
        var e = assertThrows(StoreException.class, store::sync);
        assertTrue(e.getMessage().contains("the card is full"), e.getMessage());
        assertThrows(StoreException.class, () -> store.read(0, new byte[500], 0, 500));
      }
      refuses = () -> false;
      var all = new byte[SIZE];
      store.read(0, all, 0, SIZE);
      assertArrayEquals(model, all);
      store.sync();
      assertArrayEquals(model, poolBytes());
    }
  }

  /** The store hears of the second refusal first. */
  @Test
  void writesToTheSameBytesAreRepeatedInTheirOrder() {
    try (var store = open(LineFaults.NONE, 3)) {
      write(store, 0, 100, 9);
      store.sync();
      refuses = () -> true;
      lostAnswers = 1;
      write(store, 10, 60, 1);
      write(store, 20, 60, 2);
      assertThrows(StoreException.class, store::sync);
      assertEquals(2, refusals);
      assertEquals(0, lostAnswers);
      refuses = () -> false;
      store.sync();
      assertArrayEquals(model, poolBytes());
    }
  }

  @Test
  void aWriteAfterARefusedOneToTheSameBytesWins() {
    try (var store = open(LineFaults.NONE, 2)) {
      boolean[] first = {true};
      refuses =
          () -> {
            boolean refused = first[0];
            first[0] = false;
            return refused;
          };
      write(store, 10, 40, 1);
      write(store, 20, 40, 2);
      assertThrows(StoreException.class, store::sync);
      assertEquals(2, poolBytes()[20]);
      store.sync();
      assertArrayEquals(model, poolBytes());
    }
  }

  @Test
  void closeSendsWhatWasRefusedAgainAndTellsIfThatIsInVain() {
    for (boolean well : new boolean[] {true, false}) {
      refuses = () -> false;
      var store = open(LineFaults.NONE, 4);
      refuses = () -> true;
      write(store, 100, 100, well ? 2 : 3);
      assertThrows(StoreException.class, store::sync);
      refuses = () -> !well;
      if (well) {
        store.close();
        assertArrayEquals(model, poolBytes());
      } else {
        assertThrows(StoreException.class, store::close);
      }
    }
  }

  @Test
  void aMemoryGoesOnWhenTheHostIsWellAgain() {
    try (var store = open(LineFaults.NONE, 3);
        var memory = VirtualMemory.builder(store).frames(3).pageSize(64).lockBuffers().open()) {
      var ints = memory.allocateInts(300);
      for (int i = 0; i < 300; i++) {
        ints.set(i, i);
      }
      memory.flush();
      refuses = () -> true;
      for (int i = 0; i < 40; i++) {
        ints.set(i, -i);
      }
      assertThrows(StoreException.class, memory::flush);
      refuses = () -> false;
      memory.flush();
      for (int i = 0; i < 300; i++) {
        assertEquals(i < 40 ? -i : i, ints.get(i));
      }
      memory.check();
    }
  }

  /** The next try may succeed though bytes were lost, so there must be one for one call. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void aSyncGetsToTheHostsStoreOnceAndItsFailureBack(long seed) {
    var random = new Random(seed);
    LineFaults faults = LineFaults.noise(400, seed).cuts(80_000_000, 5_000_000);
    try (var store = open(faults, seed)) {
      store.sync();
      assertEquals(0, syncs, "nothing was written");
      for (int i = 1; i <= 500; i++) {
        write(store, random.nextInt(SIZE - 100), random.nextInt(100), i);
        boolean fails = random.nextInt(4) == 0;
        failsToSync = fails;
        StoreException told = null;
        try {
          store.sync();
        } catch (StoreException e) {
          told = e;
        }
        assertEquals(fails, told != null && told.getMessage().contains("the disk is broken"));
        assertEquals(i, syncs);
        assertArrayEquals(model, poolBytes());
      }
      assertTrue(host.statistics().repeats() > 20, "repeats " + host.statistics().repeats());
    }
  }

  private interface Call {
    void run();
  }

  private static void untilItSucceeds(String what, Call call) {
    StoreException last = null;
    for (int i = 0; i < 200; i++) {
      try {
        call.run();
        return;
      } catch (StoreException e) {
        last = e;
      }
    }
    throw new AssertionError(what, last);
  }

  /** Refusals whose answers are lost, on a noisy line that is cut again and again. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void whatIsReadIsWhatWasWrittenWhateverIsRefused(long seed) {
    var random = new Random(seed);
    LineFaults faults = LineFaults.noise(400, seed).cuts(80_000_000, 5_000_000);
    try (var store = open(faults, seed)) {
      refuses = () -> random.nextInt(6) == 0;
      for (int i = 0; i < 1000; i++) {
        String step = "seed " + seed + ", step " + i;
        int length = 1 + random.nextInt(300);
        int at = random.nextInt(SIZE - length);
        if (random.nextInt(3) > 0) {
          for (int j = at; j < at + length; j++) {
            model[j] = (byte) random.nextInt();
          }
          untilItSucceeds(step, () -> store.write(at, model, at, length));
        } else {
          var bytes = new byte[length];
          untilItSucceeds(step, () -> store.read(at, bytes, 0, length));
          assertArrayEquals(Arrays.copyOfRange(model, at, at + length), bytes, step);
        }
        if (i % 50 == 0) {
          untilItSucceeds(step, store::sync);
          assertArrayEquals(model, poolBytes(), step);
        }
      }
      assertTrue(refusals > 100, "refusals " + refusals);
      refuses = () -> false;
      untilItSucceeds("the end", store::sync);
    }
    assertArrayEquals(model, poolBytes());
  }
}
