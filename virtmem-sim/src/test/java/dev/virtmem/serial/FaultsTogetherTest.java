package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Stores of all settings on lines with all faults at once. */
class FaultsTogetherTest {
  private static void run(int first, int seeds, int steps) {
    int failures = 0;
    int restarts = 0;
    for (int seed = first; seed < first + seeds; seed++) {
      var together = new FaultsTogether(seed);
      together.run(steps);
      failures += together.failures();
      restarts += together.restarts();
    }
    assertTrue(failures > seeds, "failures " + failures);
    assertTrue(restarts > 0, "restarts " + restarts);
  }

  @Test
  void nothingIsWrongAndAllGoesOn() {
    run(1, 60, 1000);
  }

  @Tag("long")
  @Test
  void norInMillionsOfSteps() {
    run(10_000, 2000, 2000);
  }
}
