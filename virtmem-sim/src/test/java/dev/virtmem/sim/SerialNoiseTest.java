package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.VirtualMemory;
import dev.virtmem.serial.Protocol;
import dev.virtmem.store.StoreException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Flips, drops and duplicates of 1 in 10,000 bytes each, each way, and cuts. */
class SerialNoiseTest {
  private static final int SIZE = 1 << 16;
  private static final long SECOND = 1_000_000_000;
  private static final int BAUD = 1_000_000;

  private static LineFaults noise(long seed) {
    return LineFaults.noise(100, seed);
  }

  private static SimulatedSerialStore open(LineFaults faults) {
    return SimulatedSerialStore.open(
        SIZE, BAUD, 500_000, faults, settings -> settings.retry(20_000_000));
  }

  /** Does random transfers and compares with an array; returns the seconds that they took. */
  private static double transfers(int count, LineFaults faults) {
    var random = new Random(count);
    var model = new byte[SIZE];
    var bytes = new byte[2048];
    try (var store = open(faults)) {
      store.write(0, model, 0, SIZE);
      store.sync();
      double start = store.line().clock().seconds();
      for (int i = 0; i < count; i++) {
        int length = random.nextInt(1 << random.nextInt(12));
        int at = random.nextInt(SIZE - length + 1);
        if (random.nextBoolean()) {
          random.nextBytes(bytes);
          store.write(at, bytes, 0, length);
          System.arraycopy(bytes, 0, model, at, length);
        } else {
          store.read(at, bytes, 0, length);
          assertTrue(
              Arrays.equals(bytes, 0, length, model, at, at + length),
              "seed " + faults.seed() + ", transfer " + i);
        }
      }
      store.sync();
      double seconds = store.line().clock().seconds() - start;
      if (faults.cutNanos() > 0) {
        assertTrue(store.line().cuts() > seconds / 6, "cuts: " + store.line().cuts());
      }
      if (faults.flips() > 0) {
        long bad = store.host().statistics().badFrames();
        assertTrue(bad > seconds, bad + " bad frames in " + seconds + " s");
      }
      var all = new byte[SIZE];
      store.read(0, all, 0, SIZE);
      assertEquals(-1, Arrays.mismatch(model, all), "seed " + faults.seed());
      return seconds;
    }
  }

  @Test
  void everyByteIsRightAndTheLineIsUsedWell() {
    double clean = transfers(20_000, LineFaults.NONE);
    double noisy = transfers(20_000, noise(1).cuts(4 * SECOND, SECOND / 20));
    assertTrue(clean / noisy >= 0.7, "goodput %.3f of that without noise".formatted(clean / noisy));
  }

  @Test
  @Tag("long")
  void aMillionTransfersAreRight() {
    double clean = transfers(1_000_000, LineFaults.NONE);
    double noisy = transfers(1_000_000, noise(2).cuts(4 * SECOND, SECOND / 20));
    assertTrue(clean / noisy >= 0.7, "goodput %.3f of that without noise".formatted(clean / noisy));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void muchWorseLinesOnlyTakeLonger(long seed) {
    transfers(300, new LineFaults(500, 500, 500, 1000, SECOND / 10, SECOND, SECOND / 20, seed));
  }

  @Test
  void virtualMemoryWorksOverNoise() {
    try (var store = open(noise(3).cuts(3 * SECOND, SECOND / 20));
        var memory = VirtualMemory.builder(store).ram(4096).open()) {
      var random = new Random(3);
      var ints = memory.allocateInts(10_000);
      var model = new int[10_000];
      for (int i = 0; i < 20_000; i++) {
        int at = random.nextInt(10) == 0 ? random.nextInt(10_000) : i % 10_000;
        model[at] = random.nextInt();
        ints.set(at, model[at]);
        int other = random.nextInt(10_000);
        if (i % 50 == 0) {
          assertEquals(model[other], ints.get(other), "step " + i);
        }
      }
      for (int i = 0; i < 10_000; i++) {
        assertEquals(model[i], ints.get(i), "index " + i);
      }
    }
  }

  /** What an old host does with a noisy line cannot be known, but no call waits for ever. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void thePlainProtocolEndsInAnErrorAndNotInAHang(long seed) {
    var store =
        SimulatedSerialStore.open(
            SIZE, BAUD, 500_000, noise(seed), settings -> settings.protocol(Protocol.PLAIN));
    var bytes = new byte[1024];
    assertThrows(
        StoreException.class,
        () -> {
          for (int i = 0; i < 100_000; i++) {
            store.write(i % 60_000, bytes, 0, 1024);
            store.read(i % 60_000, bytes, 0, 1024);
          }
        },
        "seed " + seed);
    double failed = store.line().clock().seconds();
    assertThrows(StoreException.class, () -> store.read(0, bytes, 0, 1));
    assertTrue(store.line().clock().seconds() - failed < 1.1);
    store.close();
  }
}
