package dev.virtmem.spiram;

import static dev.virtmem.spiram.SpiRamChip.Trait.LINE_RESET;
import static dev.virtmem.spiram.SpiRamChip.Trait.NON_VOLATILE;
import static dev.virtmem.spiram.SpiRamChip.Trait.SLEEP;
import static dev.virtmem.spiram.SpiRamChip.Trait.WRITE_ENABLE;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What the driver has to know of a part. It drives serial SRAM, FRAM and MRAM that has READ 03 and
 * WRITE 02, in SPI mode 0, addresses most significant byte first, and takes any number of bytes in
 * one transfer.
 *
 * <p>The table's facts on Microchip's 23LC, 23A and 23LCV parts are those of their datasheets. Its
 * facts on 23K640, 23A640, FM25V20A, MB85RS1MT, MB85RS2MT and MR25H40 were collected from
 * datasheets as others quote them; they are unverified, and none of these parts has been driven as
 * hardware.
 *
 * @param name the part number, not blank
 * @param capacity bytes, at least 1 and at most what the address bytes can tell apart
 * @param addressBytes bytes of address after the instruction, 1 to 4
 * @param maxHz highest clock in Hz, at least 1
 * @param sequentialMode value of the mode register (RDMR 05, WRMR 01) that makes an access run
 *     through the whole array, 0 to 255; {@link #NO_MODE_REGISTER} if there is none and every
 *     access does
 * @param traits what else sets the part apart, unmodifiable
 */
public record SpiRamChip(
    String name,
    long capacity,
    int addressBytes,
    int maxHz,
    int sequentialMode,
    Set<Trait> traits) {

  /** The {@link #sequentialMode()} of a part without a mode register. */
  public static final int NO_MODE_REGISTER = -1;

  /** A property that a part has or has not. */
  public enum Trait {
    /** Has modes with two or four data lines, which RSTIO FF leaves. */
    LINE_RESET,

    /**
     * Ignores a WRITE unless its write-enable latch is set: by WREN 06, in a transfer of its own
     * before each WRITE. RDSR 05 shows the latch in bit 1, and block protection in bits 3:2.
     */
    WRITE_ENABLE,

    /** Has a sleep mode, which AB leaves. */
    SLEEP,

    /** Keeps its contents without its supply, by its nature or from a battery. */
    NON_VOLATILE
  }

  private static final int SEQUENTIAL = 0x40;

  // Datasheets: 23A/23LC512 (DS20005155) and 23A/23LC1024 (DS20005142), at extended temperature
  // their limit is 16 MHz; 23LCV512 (DS25157), 23LCV1024 (DS20005156), with two lines (SDI) but
  // not four; 23A/23K256 (DS22100), with neither. The others are unverified.
  private static final List<SpiRamChip> KNOWN =
      List.of(
          new SpiRamChip("23LC1024", 128 << 10, 3, 20_000_000),
          new SpiRamChip("23A1024", 128 << 10, 3, 20_000_000),
          new SpiRamChip("23LC512", 64 << 10, 2, 20_000_000),
          new SpiRamChip("23A512", 64 << 10, 2, 20_000_000),
          sram("23LCV1024", 128 << 10, 3, 20_000_000, LINE_RESET, NON_VOLATILE),
          sram("23LCV512", 64 << 10, 2, 20_000_000, LINE_RESET, NON_VOLATILE),
          sram("23K256", 32 << 10, 2, 20_000_000),
          sram("23A256", 32 << 10, 2, 16_000_000),
          sram("23K640", 8 << 10, 2, 20_000_000),
          sram("23A640", 8 << 10, 2, 16_000_000),
          latched("FM25V20A", 256 << 10, 3, 40_000_000, WRITE_ENABLE, NON_VOLATILE),
          latched("MB85RS1MT", 128 << 10, 3, 25_000_000, WRITE_ENABLE, NON_VOLATILE),
          latched("MB85RS2MT", 256 << 10, 3, 25_000_000, WRITE_ENABLE, NON_VOLATILE),
          latched("MR25H40", 512 << 10, 3, 40_000_000, WRITE_ENABLE, SLEEP, NON_VOLATILE));

  /**
   * Describes a part that is not in the table.
   *
   * @throws IllegalArgumentException if a value is out of its range, or the part has both a mode
   *     register and a write-enable latch, which are read by the same instruction
   */
  public SpiRamChip {
    traits = Set.copyOf(traits);
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
    if (sequentialMode < NO_MODE_REGISTER || sequentialMode > 0xff) {
      throw new IllegalArgumentException(
          "a mode is 0 to 255, or -1 without a mode register, got "
              + sequentialMode
              + " for "
              + name);
    }
    if (sequentialMode != NO_MODE_REGISTER && traits.contains(WRITE_ENABLE)) {
      throw new IllegalArgumentException(
          "a chip has a mode register or a write-enable latch, got both for " + name);
    }
  }

  /**
   * Describes a plain serial SRAM like the 23LC1024: sequential mode 40, RSTIO, volatile.
   *
   * @param name the part number, not blank
   * @param capacity bytes, at least 1 and at most what the address bytes can tell apart
   * @param addressBytes bytes of address after the instruction, 1 to 4
   * @param maxHz highest clock in Hz, at least 1
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SpiRamChip(String name, long capacity, int addressBytes, int maxHz) {
    this(name, capacity, addressBytes, maxHz, SEQUENTIAL, Set.of(LINE_RESET));
  }

  private static SpiRamChip sram(
      String name, long capacity, int addressBytes, int maxHz, Trait... traits) {
    return new SpiRamChip(name, capacity, addressBytes, maxHz, SEQUENTIAL, Set.of(traits));
  }

  private static SpiRamChip latched(
      String name, long capacity, int addressBytes, int maxHz, Trait... traits) {
    return new SpiRamChip(name, capacity, addressBytes, maxHz, NO_MODE_REGISTER, Set.of(traits));
  }

  /**
   * Tells whether the part has a property.
   *
   * @param trait the property
   * @return whether it is among the {@linkplain #traits() traits}
   */
  public boolean has(Trait trait) {
    return traits.contains(trait);
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
