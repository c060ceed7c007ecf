package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomOperationsTest {
  private static final int STEPS = 4_000;

  @ParameterizedTest
  @CsvSource({
    "FREE_SPACE_MAP, 256, 4096, 100",
    "FREE_SPACE_MAP, 256, 65536, 2000",
    "FREE_SPACE_MAP, 1024, 16384, 300",
    "FREE_SPACE_MAP, 4096, 65536, 3000",
    "FREE_SPACE_MAP, 16384, 131072, 4000",
    "FREE_SPACE_MAP, 65536, 262144, 20000",
    "FREE_SPACE_MAP, 65536, 1048576, 100000",
    "FREE_SPACE_MAP, 1048576, 4194304, 1000000",
    "FIRST_FIT, 1024, 32768, 500",
    "FIRST_FIT, 65536, 262144, 20000"
  })
  void agreesWithAModelAfterEachStep(Fit fit, int pageBytes, int size, int largest) {
    long base = 3L * pageBytes - 256;
    long seed = pageBytes + size;
    ArrayPool pool = new ArrayPool(base, size);
    new Random(seed).nextBytes(pool.bytes);
    PoolLayout layout = PoolLayout.of(base + 1, base + size, pageBytes, (int) seed);
    Allocator allocator = Allocator.format(pool, layout, fit);
    RandomOperations operations = new RandomOperations(pool, base, allocator, largest, seed);
    for (int step = 0; step < STEPS; step++) {
      try {
        operations.next(step / 500 % 2 == 0 ? 0.65 : 0.4).run();
        operations.verifyAll();
      } catch (AssertionError | RuntimeException e) {
        throw new AssertionError("seed " + seed + ", step " + step, e);
      }
    }
    while (operations.live() > 0) {
      operations.freeAny().run();
      allocator.check();
    }
    assertEquals(1, AllocatorTest.blocks(allocator).size());
  }

  @ParameterizedTest
  @CsvSource({"1024, 65536, 300", "16384, 262144, 9000"})
  void agreesWithAModelWhenAttachedAgainAndAgain(int pageBytes, int size, int largest) {
    ArrayPool pool = new ArrayPool(0, size);
    PoolLayout layout = PoolLayout.of(1, size, pageBytes, 5);
    Allocator allocator = Allocator.format(pool, layout, Fit.FREE_SPACE_MAP);
    RandomOperations operations = new RandomOperations(pool, 0, allocator, largest, 11);
    Random random = new Random(12);
    for (int step = 0; step < STEPS; step++) {
      if (random.nextInt(25) == 0) {
        allocator.check();
        allocator =
            Allocator.attach(pool, layout, Fit.values()[random.nextInt(2)], allocator.usage());
        operations.use(allocator);
      }
      operations.next(step / 500 % 2 == 0 ? 0.65 : 0.4).run();
      operations.verifyAll();
    }
  }
}
