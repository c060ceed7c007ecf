package dev.virtmem.spiram;

import dev.virtmem.store.StoreException;
import java.util.BitSet;
import java.util.stream.Collectors;

/**
 * Finds address bits without effect: an address beyond the end of an array wraps, so that all bits
 * from some on reach address 0 in a chip that is too small. Bits below 3 are not tried: the bytes
 * that are compared overlap there.
 */
final class SizeProbe {
  private static final int FIRST_BIT = 3;
  private static final int SMALLEST_BITS = 8;

  private SizeProbe() {}

  /**
   * Checks that the chip has the declared size at least.
   *
   * @throws StoreException if it is smaller, or an address bit has no effect
   */
  static void check(ChipCommands chip) {
    int width = chip.chip().addressBytes();
    int bits = Long.SIZE - Long.numberOfLeadingZeros(chip.chip().capacity() - 1);
    var dead = new BitSet();
    try (var mark = new Mark(chip, ChipCommands.address(0, width), chip.window(width))) {
      if (chip.chip().kind() == ChipKind.PLAIN) {
        // Twice: the latch of an FRAM that was left set lets the first one through.
        mark.overwrite();
        mark.overwrite();
      }
      for (int bit = FIRST_BIT; bit < bits; bit++) {
        dead.set(bit, mark.isReachedBy(ChipCommands.address(1L << bit, width)));
      }
    }
    int first = dead.nextSetBit(0);
    if (first >= 0 && dead.cardinality() == bits - first) {
      throw Diagnosis.smaller(chip, 1L << first);
    }
    if (first >= 0) {
      throw Diagnosis.stuckAddressBits(
          chip, dead.stream().mapToObj(Integer::toString).collect(Collectors.joining(", ")));
    }
  }

  /**
   * Measures a chip whose addresses are not as long as declared.
   *
   * @return bytes, a power of two from 256 up
   */
  static long measure(ChipCommands chip, int width) {
    try (var mark = new Mark(chip, ChipCommands.address(0, width), chip.window(width))) {
      int bit = SMALLEST_BITS;
      while (bit < 8 * width && !mark.isReachedBy(ChipCommands.address(1L << bit, width))) {
        bit++;
      }
      return 1L << bit;
    }
  }
}
