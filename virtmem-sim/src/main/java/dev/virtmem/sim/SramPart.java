package dev.virtmem.sim;

import java.util.List;
import java.util.stream.Collectors;

/**
 * The parts that {@link SramChip} models, from their datasheets and not from the driver's table: an
 * error there must not be modelled as well.
 *
 * @param name the part number
 * @param capacity bytes, a power of two
 * @param addressBytes bytes of address after an instruction; bits above the capacity are ignored
 * @param pageSize bytes in which page mode wraps, a power of two
 */
record SramPart(String name, int capacity, int addressBytes, int pageSize) {
  private static final List<SramPart> PARTS =
      List.of(
          new SramPart("23LC1024", 131_072, 3, 32),
          new SramPart("23A1024", 131_072, 3, 32),
          new SramPart("23LC512", 65_536, 2, 32),
          new SramPart("23A512", 65_536, 2, 32));

  static SramPart byName(String name) {
    for (SramPart part : PARTS) {
      if (part.name.equalsIgnoreCase(name)) {
        return part;
      }
    }
    throw new IllegalArgumentException(
        "there is no model of a chip '" + name + "', there are " + names());
  }

  static String names() {
    return PARTS.stream().map(SramPart::name).collect(Collectors.joining(", "));
  }
}
