package dev.virtmem.cli;

import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Bits of a store that have the same value whatever is written. */
final class StuckBits {
  private static final int MOST = 4096;

  private final SortedMap<Long, Cell> cells = new TreeMap<>();
  private long count;

  /**
   * A byte with stuck bits.
   *
   * @param zeros the bits that are always 0
   * @param ones the bits that are always 1
   */
  record Cell(int zeros, int ones) {}

  /**
   * Adds the bits of a byte, unless that is known already.
   *
   * @param offset where it is
   * @param zeros the bits that are always 0
   * @param ones the bits that are always 1
   */
  void add(long offset, int zeros, int ones) {
    if ((zeros | ones) == 0 || cells.containsKey(offset)) {
      return;
    }
    count += Integer.bitCount(zeros) + Integer.bitCount(ones);
    if (cells.size() < MOST) {
      cells.put(offset, new Cell(zeros, ones));
    }
  }

  /** Returns how many bits are stuck. */
  long count() {
    return count;
  }

  /** Returns the first bytes that have stuck bits, by their offsets; at most 4,096. */
  Map<Long, Cell> cells() {
    return cells;
  }

  /** Returns the bits that are stuck at an offset, as far as that is known. */
  int at(long offset) {
    Cell cell = cells.get(offset);
    return cell == null ? 0 : cell.zeros | cell.ones;
  }
}
