package dev.virtmem.spiram;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What the driver has to know of a part. It drives serial SRAM with the instructions of Microchip's
 * 23LC family: READ 03, WRITE 02, a mode register (RDMR 05, WRMR 01) with sequential mode 40, and
 * RSTIO FF; SPI mode 0, addresses most significant byte first.
 *
 * @param name the part number, not blank
 * @param capacity bytes, at least 1 and at most what the address bytes can tell apart
 * @param addressBytes bytes of address after the instruction, 1 to 4
 * @param maxHz highest clock in Hz, at least 1
 */
public record SpiRamChip(String name, long capacity, int addressBytes, int maxHz) {
  // Datasheets: 23A/23LC512 (DS20005155) and 23A/23LC1024 (DS20005142). At extended temperature
  // their limit is 16 MHz.
  private static final List<SpiRamChip> KNOWN =
      List.of(
          new SpiRamChip("23LC1024", 128 << 10, 3, 20_000_000),
          new SpiRamChip("23A1024", 128 << 10, 3, 20_000_000),
          new SpiRamChip("23LC512", 64 << 10, 2, 20_000_000),
          new SpiRamChip("23A512", 64 << 10, 2, 20_000_000));

  /**
   * Describes a part that is not in the table.
   *
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SpiRamChip {
    if (name.isBlank()) {
      throw new IllegalArgumentException("a chip needs a part number, got a blank one");
    }
    if (addressBytes < 1 || addressBytes > 4) {
      throw new IllegalArgumentException(
          "a chip has 1 to 4 address bytes, got " + addressBytes + " for " + name);
    }
    if (capacity < 1 || capacity > 1L << 8 * addressBytes) {
      throw new IllegalArgumentException(
          "a chip with "
              + addressBytes
              + " address bytes holds 1 to "
              + (1L << 8 * addressBytes)
              + " bytes, got "
              + capacity
              + " for "
              + name);
    }
    if (maxHz < 1) {
      throw new IllegalArgumentException(
          "a chip's clock limit is at least 1 Hz, got " + maxHz + " for " + name);
    }
  }

  /**
   * Returns the parts in the table.
   *
   * @return the parts, unmodifiable
   */
  public static List<SpiRamChip> known() {
    return KNOWN;
  }

  /**
   * Finds a part in the table.
   *
   * @param name the part number, in upper or lower case, without suffixes for package or
   *     temperature
   * @return the part
   * @throws IllegalArgumentException if the table has no such part; the message lists all
   */
  public static SpiRamChip byName(String name) {
    for (SpiRamChip chip : KNOWN) {
      if (chip.name.equalsIgnoreCase(name)) {
        return chip;
      }
    }
    throw new IllegalArgumentException("unknown chip '" + name + "', known are " + knownNames());
  }

  static String knownNames() {
    return KNOWN.stream().map(SpiRamChip::name).collect(Collectors.joining(", "));
  }
}
