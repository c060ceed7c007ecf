package dev.virtmem.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.LinkedHashSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GhostPagesTest {

  @Test
  void forgetsTheOldest() {
    GhostPages ghosts = new GhostPages(2);
    ghosts.add(Long.MAX_VALUE);
    ghosts.add(0);
    ghosts.add(7);
    assertFalse(ghosts.remove(Long.MAX_VALUE));
    assertTrue(ghosts.remove(0));
    assertFalse(ghosts.remove(0));
    ghosts.check();
  }

  @Test
  void agreesWithALinkedSet() {
    for (int capacity : new int[] {1, 2, 3, 5, 16, 100}) {
      long seed = 20_000 + capacity;
      Random random = new Random(seed);
      GhostPages ghosts = new GhostPages(capacity);
      LinkedHashSet<Long> model = new LinkedHashSet<>();
      for (int step = 0; step < 5_000; step++) {
        long page = random.nextInt(3 * capacity) * (random.nextBoolean() ? 1L : 1L << 40);
        boolean known = model.remove(page);
        assertEquals(known, ghosts.remove(page), "seed " + seed + ", step " + step);
        if (!known || random.nextInt(4) == 0) {
          ghosts.add(page);
          model.add(page);
          if (model.size() > capacity) {
            model.removeFirst();
          }
        }
        ghosts.check();
      }
    }
  }
}
