package dev.virtmem.sim;

import java.util.List;

/**
 * The parts that {@link SramChip} models, from their datasheets and not from the driver's table: an
 * error there must not be modelled as well.
 *
 * @param name the part number
 * @param capacity bytes, a power of two
 * @param addressBytes bytes of address after an instruction; bits above the capacity are ignored
 * @param maxHz highest clock, in Hz
 * @param generation what the part can do beside reading and writing
 */
record SramPart(String name, int capacity, int addressBytes, int maxHz, Generation generation)
    implements ChipPart {

  /**
   * What the parts with the same letters have in common.
   *
   * @param powerUpMode the mode register after power-up
   * @param modeBits the bits of the mode register that can be written
   * @param edio whether EDIO turns to two lines and RSTIO back
   * @param eqio whether EQIO turns to four lines
   * @param hold whether there is a HOLD line
   * @param battery whether a battery keeps the contents
   */
  record Generation(
      int powerUpMode, int modeBits, boolean edio, boolean eqio, boolean hold, boolean battery) {
    private static final Generation K = new Generation(0x00, 0xc1, false, false, true, false);
    private static final Generation LC = new Generation(0x40, 0xc0, true, true, true, false);
    private static final Generation LCV = new Generation(0x40, 0xc0, true, false, false, true);
  }

  /** Bytes in which page mode wraps, in all parts. */
  static final int PAGE_SIZE = 32;

  static final List<SramPart> ALL =
      List.of(
          new SramPart("23LC1024", 131_072, 3, 20_000_000, Generation.LC),
          new SramPart("23A1024", 131_072, 3, 20_000_000, Generation.LC),
          new SramPart("23LC512", 65_536, 2, 20_000_000, Generation.LC),
          new SramPart("23A512", 65_536, 2, 20_000_000, Generation.LC),
          new SramPart("23LCV1024", 131_072, 3, 20_000_000, Generation.LCV),
          new SramPart("23LCV512", 65_536, 2, 20_000_000, Generation.LCV),
          new SramPart("23K256", 32_768, 2, 20_000_000, Generation.K),
          new SramPart("23A256", 32_768, 2, 16_000_000, Generation.K),
          new SramPart("23K640", 8192, 2, 20_000_000, Generation.K),
          new SramPart("23A640", 8192, 2, 16_000_000, Generation.K));

  @Override
  public MemoryChip powerUp(long seed, int floating) {
    return new SramChip(this, seed, floating);
  }
}
