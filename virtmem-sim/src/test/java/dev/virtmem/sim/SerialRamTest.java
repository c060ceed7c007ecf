package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.HostSession;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.SerialStore;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.openjdk.jol.info.GraphLayout;

/** The RAM that both ends of a line take, measured as objects on the heap, is what they say. */
class SerialRamTest {
  private static final int KB = 1024;
  private static final int SIZE = 1024 * KB;
  private static final int LONGEST = 20_000;
  private static final int OPERATIONS = 3000;

  private long store;
  private long host;

  @ParameterizedTest
  @CsvSource({"0, 1000000", "100, 4000000", "500, 1000000"})
  void bothEndsTakeWhatTheyState(int noise, int baud) {
    var lender = PoolLender.heap(SIZE, SIZE);
    var random = new Random(5);
    try (var end = new HostSession(lender, new HostListener() {}, () -> 7)) {
      var line = new SimulatedLine(LineEnd.of(end), baud, 500_000, 0, LineFaults.noise(noise, 3));
      try (var opened = SerialStore.builder(line).size(SIZE).baud(baud).nonces(() -> 7).open()) {
        var bytes = new byte[LONGEST];
        end.type(new byte[HostSession.INPUT_CAPACITY], 0, HostSession.INPUT_CAPACITY);
        for (int i = 0; i < OPERATIONS; i++) {
          int length = random.nextInt(random.nextInt(10) == 0 ? LONGEST : 100);
          int at = random.nextInt(SIZE - length);
          if (random.nextBoolean()) {
            opened.write(at, bytes, 0, length);
          } else {
            opened.read(at, bytes, 0, length);
          }
          if (i % 40 == 0) {
            measure(opened, line, end, lender);
          }
        }
        for (int at = 0; at < SIZE; at += 256) {
          opened.read(at, bytes, 0, 256);
          if (at % (64 * KB) == 0) {
            measure(opened, line, end, lender);
          }
        }
      }
    }
    assertTrue(store > 8 * KB && store <= 80 * KB, "a store takes " + store + " bytes");
    assertTrue(host > 64 * KB && host <= 160 * KB, "a host takes " + host + " bytes");
  }

  /**
   * The store refers to the line, and the host to its lender and to the pool, which are not theirs.
   */
  private void measure(SerialStore opened, SimulatedLine line, HostSession end, PoolLender lender) {
    store =
        Math.max(
            store,
            GraphLayout.parseInstance(opened).totalSize()
                - GraphLayout.parseInstance(line).totalSize());
    host =
        Math.max(
            host,
            GraphLayout.parseInstance(end).totalSize()
                - GraphLayout.parseInstance(lender).totalSize()
                - SIZE);
  }
}
