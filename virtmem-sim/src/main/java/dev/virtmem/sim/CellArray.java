package dev.virtmem.sim;

import java.util.Arrays;
import java.util.Objects;
import java.util.Random;

/** The cells of a chip, and what may be wrong with them. Addresses are below the capacity. */
final class CellArray {
  private final byte[] cells;
  private final Random garbage;
  private int addressMask = ~0;
  private int dataMask = ~0;
  private int stuckCell = Faults.NOWHERE;

  CellArray(int capacity, long seed) {
    cells = new byte[capacity];
    garbage = new Random(seed);
    fillWithGarbage();
  }

  int capacity() {
    return cells.length;
  }

  /**
   * Damages the array, and repairs what is not named.
   *
   * @throws IllegalArgumentException if the array has no such address or bit
   */
  void damage(Faults faults) {
    int addressBits = Integer.numberOfTrailingZeros(cells.length);
    if (faults.stuckAddressBit >= addressBits) {
      throw new IllegalArgumentException(
          "fault stuck-address must be a bit from 0 to "
              + (addressBits - 1)
              + " for a chip of "
              + cells.length
              + " bytes, got "
              + faults.stuckAddressBit);
    }
    if (faults.stuckCell >= cells.length) {
      throw new IllegalArgumentException(
          "fault stuck-cell must be an offset below "
              + cells.length
              + " for this chip, got "
              + faults.stuckCell);
    }
    addressMask = ~bit(faults.stuckAddressBit);
    dataMask = ~bit(faults.stuckDataBit);
    stuckCell = faults.stuckCell;
    dropStuckBit();
  }

  private static int bit(int number) {
    return number == Faults.NOWHERE ? 0 : 1 << number;
  }

  private void dropStuckBit() {
    if (stuckCell != Faults.NOWHERE) {
      cells[stuckCell] &= ~1;
    }
  }

  /** Reads cells up to the end of the array at most. */
  void read(int address, byte[] target, int from, int count) {
    if (addressMask == ~0 && dataMask == ~0) {
      System.arraycopy(cells, address, target, from, count);
      return;
    }
    for (int i = 0; i < count; i++) {
      target[from + i] = (byte) (cells[address + i & addressMask] & dataMask);
    }
  }

  /** Writes cells up to the end of the array at most. */
  void write(int address, byte[] source, int from, int count) {
    if (addressMask == ~0) {
      System.arraycopy(source, from, cells, address, count);
    } else {
      for (int i = 0; i < count; i++) {
        cells[address + i & addressMask] = source[from + i];
      }
    }
    dropStuckBit();
  }

  /** Loses the contents of all cells. */
  void fillWithGarbage() {
    garbage.nextBytes(cells);
    dropStuckBit();
  }

  /** Loses the contents of some cells, up to the end of the array at most. */
  void fillWithGarbage(int address, int count) {
    var lost = new byte[count];
    garbage.nextBytes(lost);
    write(address, lost, 0, count);
  }

  byte[] peek(int address, int length) {
    Objects.checkFromIndexSize(address, length, cells.length);
    return Arrays.copyOfRange(cells, address, address + length);
  }
}
