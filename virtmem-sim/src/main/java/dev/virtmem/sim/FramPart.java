package dev.virtmem.sim;

import java.util.List;

/**
 * The parts that {@link FramChip} models, from what others quote of their datasheets and not from
 * the driver's table: an error there must not be modelled as well.
 *
 * @param name the part number
 * @param capacity bytes, a power of two
 * @param addressBytes bytes of address after an instruction; bits above the capacity are ignored
 * @param maxHz highest clock, in Hz
 * @param sleep whether B9 sends it to sleep and AB wakes it
 */
record FramPart(String name, int capacity, int addressBytes, int maxHz, boolean sleep)
    implements ChipPart {
  static final List<FramPart> ALL =
      List.of(
          new FramPart("FM25V20A", 262_144, 3, 40_000_000, false),
          new FramPart("MB85RS1MT", 131_072, 3, 25_000_000, false),
          new FramPart("MB85RS2MT", 262_144, 3, 25_000_000, false),
          new FramPart("MR25H40", 524_288, 3, 40_000_000, true));

  @Override
  public MemoryChip powerUp(long seed, int floating) {
    return new FramChip(this, seed, floating);
  }
}
