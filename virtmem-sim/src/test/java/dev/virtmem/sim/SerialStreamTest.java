package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.ByteSink;
import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.HostSession;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.SerialStore;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Reading ahead, and hosts that stop answering. */
@Timeout(120)
class SerialStreamTest {
  private static final int SIZE = 1 << 15;

  /** Streams of reads with gaps, with writes before, into and behind what was read ahead. */
  @ParameterizedTest
  @ValueSource(ints = {0, 300})
  void writesIntoWhatWasReadAheadAreSeen(int noise) {
    var random = new Random(9);
    var model = new byte[SIZE];
    random.nextBytes(model);
    var bytes = new byte[1024];
    try (var store =
        SimulatedSerialStore.open(
            SIZE, 1_000_000, 500_000, LineFaults.noise(noise, 4), UnaryOperator.identity())) {
      store.write(0, model, 0, SIZE);
      for (int round = 0; round < 150; round++) {
        int at = random.nextInt(SIZE / 2);
        int step = 1 + random.nextInt(1024);
        for (int i = 0; i < 12; i++) {
          store.read(at, bytes, 0, step);
          assertTrue(
              Arrays.equals(bytes, 0, step, model, at, at + step), "round " + round + ", " + i);
          at += step + (random.nextInt(4) == 0 ? random.nextInt(80) - 10 : 0);
          if (random.nextInt(3) == 0) {
            int length = random.nextInt(200);
            int to = Math.max(0, at - 2000 + random.nextInt(6000));
            random.nextBytes(bytes);
            store.write(to, bytes, 0, length);
            System.arraycopy(bytes, 0, model, to, length);
          }
        }
      }
    }
  }

  /** Returns what 300 reads take, each {@code step} bytes behind the last one, round a ring. */
  private static double seconds(int step) {
    try (var store =
        SimulatedSerialStore.open(
            SIZE, 1_000_000, 500_000, LineFaults.NONE, UnaryOperator.identity())) {
      var bytes = new byte[64];
      double start = store.line().clock().seconds();
      for (int i = 1; i <= 300; i++) {
        store.read(Math.floorMod(i * step, SIZE - 64), bytes, 0, 64);
      }
      return store.line().clock().seconds() - start;
    }
  }

  /** A read that waits for its answer takes 1 ms more than its bytes do. */
  @ParameterizedTest
  @ValueSource(ints = {0, 8, 16})
  void streamsBothWaysAreReadAheadAcrossGaps(int gap) {
    double scattered = seconds(10_000);
    double up = seconds(64 + gap);
    double down = seconds(-64 - gap);
    assertTrue(up < 0.6 * scattered, "up " + up + " s, scattered " + scattered);
    assertTrue(down < 0.6 * scattered, "down " + down + " s, scattered " + scattered);
  }

  /** A read of which a part was read ahead already, for another stream, asks for the rest. */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatWasReadAheadIsNotAskedForAgain(boolean down) {
    try (var store =
        SimulatedSerialStore.open(
            SIZE, 1_000_000, 500_000, LineFaults.NONE, UnaryOperator.identity())) {
      var bytes = new byte[512];
      int end = 1 << 14;
      for (int i = 1; i <= 16; i++) {
        store.read(down ? SIZE - 512 * i : end - 8192 + 512 * (i - 1), bytes, 0, 512);
      }
      // Nothing is under way when its answer has come.
      int[] others = {0, 8000};
      store.read(others[0], bytes, 0, 300);
      store.read(others[1], bytes, 0, 300);
      int border = down ? SIZE - 8192 : end;
      long before = store.host().statistics().bytesRead();
      store.read(border - 200, bytes, 0, 500);
      assertEquals(down ? 300 : 200, store.host().statistics().bytesRead() - before);
    }
  }

  /** Two streams that come towards each other. */
  @Test
  void readingAheadStopsAtWhatAnotherStreamHasReadAhead() {
    try (var store =
        SimulatedSerialStore.open(
            SIZE, 1_000_000, 500_000, LineFaults.NONE, UnaryOperator.identity())) {
      var bytes = new byte[512];
      for (int i = 0; i < 16; i++) {
        store.read(512 * i, bytes, 0, 512);
      }
      store.read(SIZE - 1, bytes, 0, 1);
      int reached = (int) store.host().statistics().bytesRead() - 1;
      assertTrue(reached > 8192 + 1000, "read up to " + reached);
      for (int i = 7; i >= 0; i--) {
        store.read(reached + 600 + 512 * i, bytes, 0, 512);
      }
      store.read(SIZE - 1, bytes, 0, 1);
      long between = store.host().statistics().bytesRead() - reached - 8 * 512 - 2;
      assertEquals(600, between);
    }
  }

  /** A host that answers until it is told not to, but can always be found. */
  private static final class Deaf implements LineEnd {
    private final HostSession host =
        new HostSession(PoolLender.heap(SIZE, SIZE), new HostListener() {});
    private boolean deaf;

    @Override
    public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
        throws IOException {
      // Requests in a session have numbers, and zeros in them make short runs.
      host.receive(
          bytes,
          from,
          length,
          nanos,
          (source, at, count) -> {
            if (!deaf || count > 15 || count < 8) {
              answers.write(source, at, count);
            }
          });
    }

    @Override
    public void lineLost() {
      host.lineLost();
    }
  }

  @Test
  void aHostThatIsThereAndDoesNotAnswerIsAnErrorAndNotAHang() {
    var end = new Deaf();
    var line = new SimulatedLine(end, 1_000_000, 500_000, 0, LineFaults.NONE);
    var store = SerialStore.builder(line).size(SIZE).baud(1_000_000).open();
    store.ping();
    end.deaf = true;
    double start = line.clock().seconds();
    assertThrows(StoreException.class, store::ping);
    assertTrue(line.clock().seconds() - start < 10, "it took " + line.clock().seconds());
    end.deaf = false;
    assertTrue(store.ping() > 0);
    store.close();
  }
}
