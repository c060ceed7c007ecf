package dev.virtmem.spiram;

/**
 * Where the lines of a chip lie, for {@link Verification#CRC}:
 *
 * <pre>
 *  slot 0 | k regions of m lines of data | slot 1 + k m | m lines P | m lines Q | filled
 *  header |  r = 0    r = 1  ...  r = k-1  | header       | parity    | parity    |
 * </pre>
 *
 * <p>A slot has {@link Lines#SIZE} bytes. Lines at the same place in each region are a group: from
 * the k lines of data, P and Q, any two can be rebuilt. A transfer moves less than m lines, so that
 * wherever a write goes astray, it hits a group once. The headers lie apart, so that none hits
 * both.
 *
 * @param regions the number of regions of data, k
 * @param lines the number of lines in a region, m
 * @param slots the number of slots of the chip
 */
record LineLayout(int regions, int lines, int slots) {
  private static final int MAX_TRANSFER = 16;

  /**
   * Divides a chip.
   *
   * @param capacity of the chip, in bytes
   * @param regions of data, 2 to 100
   * @throws IllegalArgumentException if the chip is too small for them
   */
  static LineLayout of(long capacity, int regions) {
    int slots = Math.toIntExact(capacity / Lines.SIZE);
    int lines = (slots - 2) / (regions + 2);
    if (lines < 2) {
      throw new IllegalArgumentException(
          "verify=crc with "
              + regions
              + " regions needs a chip of at least "
              + (2L + 2 * (regions + 2)) * Lines.SIZE
              + " bytes, got one of "
              + capacity);
    }
    return new LineLayout(regions, lines, slots);
  }

  /** The slot of the second header; the first one is in slot 0. */
  int secondHeader() {
    return 1 + dataLines();
  }

  /** The number of lines of data. */
  int dataLines() {
    return regions * lines;
  }

  /** The slot of a line of data. */
  int slot(int dataLine) {
    return 1 + dataLine;
  }

  /** The line of data in a slot; not below {@link #dataLines()} if the slot holds none. */
  int dataLine(int slot) {
    return slot - 1;
  }

  /** Tells whether a slot has the contents of a header: one of the two, or a slot behind Q. */
  boolean isHeader(int slot) {
    return slot == 0 || slot == secondHeader() || slot >= 2 + (regions + 2) * lines;
  }

  /** The group of a slot that is no header. */
  int group(int slot) {
    return (slot <= dataLines() ? slot - 1 : slot - secondHeader() - 1) % lines;
  }

  /**
   * The slot of a group's line in a region.
   *
   * @param region 0 to k - 1, or k for P and k + 1 for Q
   */
  int slot(int region, int group) {
    return (region < regions ? 1 : 2) + region * lines + group;
  }

  /** The most lines in a transfer. */
  int transferLines() {
    return Math.min(MAX_TRANSFER, lines - 1);
  }
}
