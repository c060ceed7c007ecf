package dev.virtmem.sdcard;

import dev.virtmem.IntPointer;
import dev.virtmem.PersistentPool;
import dev.virtmem.VirtualMemory;
import java.nio.file.Path;
import java.util.Random;

/**
 * A program that changes a pool and commits, until it is killed. It prints the number of each
 * commit that returned. Slot 0 of its array has the number of the commit; the others follow from
 * it.
 */
final class KilledWriter {
  static final int SLOTS = 20_000;
  private static final int CHANGES = 40;

  private KilledWriter() {}

  static void main(String[] arguments) {
    try (var pool = open(Path.of(arguments[0]))) {
      IntPointer slots = pool.root(0).asInts();
      if (slots.isNull()) {
        slots = pool.memory().allocateInts(SLOTS);
        for (int i = 0; i < SLOTS; i++) {
          slots.set(i, 0);
        }
        pool.setRoot(0, slots);
      }
      while (true) {
        int next = slots.get(0) + 1;
        slots.set(0, next);
        for (int i : changed(next)) {
          slots.set(i, next);
        }
        pool.commit();
        System.out.println(next);
      }
    }
  }

  static PersistentPool open(Path path) {
    return VirtualMemory.builder(CardStore.builder(path).size(1 << 20).open())
        .ram(8192)
        .openPersistent();
  }

  /** Which slots a commit changes. */
  static int[] changed(int commit) {
    return new Random(commit).ints(CHANGES, 1, SLOTS).toArray();
  }
}
