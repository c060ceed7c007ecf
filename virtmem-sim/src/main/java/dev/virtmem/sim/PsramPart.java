package dev.virtmem.sim;

import java.util.List;

/**
 * The parts that {@link PsramChip} models, from what others quote of their datasheets and not from
 * the driver's table: an error there must not be modelled as well.
 *
 * @param name the part number
 * @param capacity bytes, a power of two
 * @param addressBytes bytes of address after an instruction; bits above the capacity are ignored
 * @param maxHz highest clock for READ 03, in Hz
 * @param pageSize bytes in which an access wraps
 * @param selectNanos how long chip select may be low, in ns
 */
record PsramPart(
    String name, int capacity, int addressBytes, int maxHz, int pageSize, int selectNanos)
    implements ChipPart {
  static final List<PsramPart> ALL =
      List.of(new PsramPart("APS6404L", 8_388_608, 3, 33_000_000, 1024, 8000));

  @Override
  public MemoryChip powerUp(long seed, int floating) {
    return new PsramChip(this, seed, floating);
  }
}
