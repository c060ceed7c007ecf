package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A pool that fails at access 1, 2, 3...: nothing is lost, and what failed can be repeated. */
class FaultTest {
  private static final int STEPS = 250;

  private static final class Fault extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  private static final class FaultyPool extends ArrayPool {
    private long untilFault = Long.MAX_VALUE;
    private long lasting;
    private boolean writesOnly;

    FaultyPool(int size) {
      super(0, size);
    }

    void arm(long at, long faults, boolean onlyWrites) {
      untilFault = at;
      lasting = faults;
      writesOnly = onlyWrites;
    }

    void heal() {
      untilFault = Long.MAX_VALUE;
    }

    boolean healthy() {
      return untilFault == Long.MAX_VALUE;
    }

    @Override
    void access(long address, boolean write) {
      if (healthy() || writesOnly && !write) {
        return;
      }
      if (--untilFault <= 0) {
        if (--lasting <= 0) {
          heal();
        }
        throw new Fault();
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, false, 1024, 8192, 300",
    "2, false, 1024, 8192, 300",
    "1000000, false, 1024, 8192, 300",
    "1000000, true, 1024, 8192, 300",
    "1, false, 65536, 262144, 60000",
    "3, true, 65536, 262144, 60000",
    "1000000, true, 65536, 262144, 60000"
  })
  void aFaultAtAnyAccessLosesNothing(
      long lasting, boolean writesOnly, int pageBytes, int size, int largest) {
    long at = 1;
    while (scenarioMeetsFault(at, lasting, writesOnly, pageBytes, size, largest)) {
      at++;
    }
    assertTrue(at > STEPS, at + " accesses only");
  }

  private static boolean scenarioMeetsFault(
      long at, long lasting, boolean writesOnly, int pageBytes, int size, int largest) {
    FaultyPool pool = new FaultyPool(size);
    new Random(2).nextBytes(pool.bytes);
    PoolLayout layout = PoolLayout.of(1, size, pageBytes, 3);
    Allocator allocator = Allocator.format(pool, layout, Fit.FREE_SPACE_MAP);
    RandomOperations operations = new RandomOperations(pool, 0, allocator, largest, 21);
    for (int step = 0; step < 60; step++) {
      operations.next(0.9).run();
    }
    boolean met = false;
    pool.arm(at, lasting, writesOnly);
    for (int step = 0; step < STEPS && !met; step++) {
      RandomOperations.Operation operation = operations.next(0.5);
      try {
        operation.run();
      } catch (Fault e) {
        met = true;
        operations.verifyContents();
        if (lasting > 100) {
          assertThrows(Fault.class, operation::run);
          operations.verifyContents();
        }
        pool.heal();
        if (at % 2 == 0) {
          operations.verifyAll();
        } else if (at % 3 == 0) {
          operations.next(1).run();
          operations.verifyAll();
        }
        operation.run();
        operations.verifyAll();
      }
    }
    pool.heal();
    operations.verifyAll();
    return met;
  }
}
