package dev.virtmem.spiram;

import dev.virtmem.store.StoreException;
import java.util.List;

/** Finds chip selects of a pool that reach the same chip. */
final class SelectProbe {
  private SelectProbe() {}

  /**
   * Checks that a chip is none of those that were opened before.
   *
   * @throws StoreException if it is; the message names both places
   */
  static void check(ChipCommands chip, List<ChipCommands> others) {
    if (others.isEmpty()) {
      return;
    }
    int width = chip.chip().addressBytes();
    byte[] start = ChipCommands.address(0, width);
    try (var mark = new Mark(chip, start, chip.window(width))) {
      for (ChipCommands other : others) {
        if (mark.isReachedBy(other, start)) {
          throw Diagnosis.sameChip(other, chip);
        }
      }
    }
  }
}
