package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virtmem.store.BackingStore;
import java.util.Arrays;
import java.util.Random;

/** Random reads and writes of a store against an array. */
final class RandomOperations {
  final byte[] model;
  private final BackingStore store;
  private final Random random;
  private final long seed;
  private final int longest;
  private long step;

  /** Fills a store. */
  RandomOperations(BackingStore store, long seed, int longest) {
    this.store = store;
    this.seed = seed;
    this.longest = longest;
    random = new Random(seed);
    model = new byte[(int) store.capacity()];
    random.nextBytes(model);
    store.write(0, model, 0, model.length);
  }

  void run(int operations) {
    var data = new byte[longest];
    for (long end = step + operations; step < end; step++) {
      int length = 1 + random.nextInt(longest);
      int at = random.nextInt(model.length - length + 1);
      if (random.nextBoolean()) {
        random.nextBytes(data);
        store.write(at, data, 0, length);
        System.arraycopy(data, 0, model, at, length);
      } else {
        store.read(at, data, 0, length);
        check(at, data, length);
      }
    }
  }

  void checkAll() {
    var all = new byte[model.length];
    store.read(0, all, 0, all.length);
    check(0, all, all.length);
  }

  private void check(int at, byte[] data, int length) {
    int wrong = Arrays.mismatch(model, at, at + length, data, 0, length);
    if (wrong >= 0) {
      assertEquals(
          model[at + wrong],
          data[wrong],
          "seed " + seed + ", step " + step + ", byte " + (at + wrong));
    }
  }
}
