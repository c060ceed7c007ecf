package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.HostStatistics;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The simulated store repeats itself, with all that goes wrong on its line. */
class SimulatedSerialStoreTest {
  private static final int SIZE = 1 << 14;
  private static final long SECOND = 1_000_000_000;

  /** What is left of a run: the host's counts, and those of the line. */
  private record Outcome(HostStatistics host, long cuts, long overruns, double nanos) {}

  /** Many short transfers on a line that is full of faults; the transfers do not depend on them. */
  private static Outcome run(long seed) {
    var faults = new LineFaults(3000, 1000, 1000, 500, SECOND / 100, SECOND, SECOND / 50, seed);
    try (var store =
        SimulatedSerialStore.open(
            SIZE, 1_000_000, 500_000, faults, settings -> settings.retry(20_000_000))) {
      var random = new Random(1);
      var bytes = new byte[64];
      for (int i = 0; i < 3000; i++) {
        int length = 1 + random.nextInt(bytes.length);
        int at = random.nextInt(SIZE - length + 1);
        if (random.nextBoolean()) {
          random.nextBytes(bytes);
          store.write(at, bytes, 0, length);
        } else {
          store.read(at, bytes, 0, length);
        }
      }
      store.sync();
      SimulatedLine line = store.line();
      return new Outcome(
          store.host().statistics(), line.cuts(), line.overruns(), line.clock().nanos());
    }
  }

  @Test
  void theSeedDecidesAllThatHappens() {
    Outcome first = run(1);
    assertTrue(first.cuts() > 0 && first.host().badFrames() > 100, first.toString());
    assertEquals(first, run(1));
    Outcome other = run(2);
    assertNotEquals(first.nanos(), other.nanos());
    assertNotEquals(first.host().badFrames(), other.host().badFrames());
  }
}
