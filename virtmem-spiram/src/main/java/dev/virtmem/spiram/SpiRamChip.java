package dev.virtmem.spiram;

import static dev.virtmem.spiram.SpiRamChip.Trait.LINE_RESET;
import static dev.virtmem.spiram.SpiRamChip.Trait.NON_VOLATILE;
import static dev.virtmem.spiram.SpiRamChip.Trait.PSEUDO_STATIC;
import static dev.virtmem.spiram.SpiRamChip.Trait.SLEEP;
import static dev.virtmem.spiram.SpiRamChip.Trait.WRITE_ENABLE;

import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * What the driver has to know of a part. It drives serial SRAM, FRAM and MRAM that has READ 03 and
 * WRITE 02, in SPI mode 0, addresses most significant byte first. A part that is not in the table
 * is described by {@link #describe}.
 *
 * <p>The table's facts on Microchip's 23LC, 23A and 23LCV parts are those of their datasheets. Its
 * facts on 23K640, 23A640, FM25V20A, MB85RS1MT, MB85RS2MT and MR25H40 were collected from
 * datasheets as others quote them; they are unverified, and none of these parts has been driven as
 * hardware.
 *
 * <p><b>APS6404L is experimental.</b> It is dynamic RAM that can only refresh itself while its chip
 * select is high, which may be low for 8 us at most. Transfers are cut to that by their clocks
 * alone; what the host adds before the first and after the last clock comes on top, and Linux
 * promises no limit for it. Nobody has tried one here. Unverified is also whether a READ 03 or
 * WRITE 02 runs over the end of a page of 1 KiB, as its makers' papers differ by revision: no
 * transfer does.
 *
 * @param name the part number, not blank
 * @param capacity bytes, at least 1 and at most what the address bytes can tell apart
 * @param addressBytes bytes of address after the instruction, 1 to 4
 * @param maxHz highest clock in Hz, at least 1
 * @param sequentialMode value of the mode register (RDMR 05, WRMR 01) that makes an access run
 *     through the whole array, 0 to 255; {@link #NO_MODE_REGISTER} if there is none and every
 *     access does
 * @param traits what else sets the part apart, unmodifiable
 * @param selectNanos how long chip select may be low, in ns; 0 if there is no limit
 * @param page bytes after which an access must not go on in the same transfer, a power of two; 0 if
 *     there is no such limit
 */
public record SpiRamChip(
    String name,
    long capacity,
    int addressBytes,
    int maxHz,
    int sequentialMode,
    Set<Trait> traits,
    int selectNanos,
    int page) {

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

    /**
     * Is dynamic RAM by AP Memory: reset by 66 and 99, and its answer to 9F and three bytes begins
     * with 0D 5D.
     */
    PSEUDO_STATIC,

    /** Keeps its contents without its supply, by its nature or from a battery. */
    NON_VOLATILE
  }

  static final int SEQUENTIAL = 0x40;

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
          latched("MR25H40", 512 << 10, 3, 40_000_000, WRITE_ENABLE, SLEEP, NON_VOLATILE),
          // Unverified, as above: 33 MHz is the limit of READ 03.
          new SpiRamChip(
              "APS6404L",
              8 << 20,
              3,
              33_000_000,
              NO_MODE_REGISTER,
              Set.of(PSEUDO_STATIC),
              8000,
              1024));

  /**
   * Describes a part that is not in the table; {@link #describe} is easier to read.
   *
   * @throws IllegalArgumentException if a value is out of its range; or the part has more than one
   *     of a mode register, a write-enable latch and {@link Trait#PSEUDO_STATIC}, which the driver
   *     tells parts apart by; or no clock up to the limit moves a byte before chip select must rise
   */
  public SpiRamChip {
    traits = Set.copyOf(traits);
    if (name.isBlank()) {
      throw new IllegalArgumentException("a chip needs a part number, got a blank one");
    }
    if (addressBytes < 1 || addressBytes > 4) {
      throw refused("a chip has 1 to 4 address bytes, got " + addressBytes, name);
    }
    if (capacity < 1 || capacity > 1L << 8 * addressBytes) {
      throw refused(
          "a chip with "
              + addressBytes
              + " address bytes holds 1 to "
              + (1L << 8 * addressBytes)
              + " bytes, got "
              + capacity,
          name);
    }
    if (maxHz < 1) {
      throw refused("a chip's clock limit is at least 1 Hz, got " + maxHz, name);
    }
    if (sequentialMode < NO_MODE_REGISTER || sequentialMode > 0xff) {
      throw refused(
          "a mode is 0 to 255, or -1 without a mode register, got " + sequentialMode, name);
    }
    if (sequentialMode != NO_MODE_REGISTER && traits.contains(WRITE_ENABLE)) {
      throw refused("a chip has a mode register or a write-enable latch, got both", name);
    }
    if (traits.contains(PSEUDO_STATIC)
        && (sequentialMode != NO_MODE_REGISTER || traits.contains(WRITE_ENABLE))) {
      throw refused(
          "pseudo-static RAM has no mode register and no write-enable latch, got one", name);
    }
    if (page < 0 || Integer.bitCount(page) > 1) {
      throw refused("a page is a power of two of bytes, or 0 for none, got " + page, name);
    }
    if (selectNanos < 0) {
      throw refused(
          "chip select may be low for at least 1 ns, or 0 for ever, got " + selectNanos, name);
    }
    if (minHz(selectNanos, addressBytes) > maxHz) {
      throw refused(
          "a byte takes "
              + (2 + addressBytes)
              + " bytes of transfer, more than "
              + selectNanos
              + " ns of chip select allow at "
              + maxHz
              + " Hz",
          name);
    }
  }

  private static IllegalArgumentException refused(String text, String name) {
    return new IllegalArgumentException(text + " for " + name);
  }

  /**
   * Describes a part without limits on chip select and pages.
   *
   * @param name the part number, not blank
   * @param capacity bytes, at least 1 and at most what the address bytes can tell apart
   * @param addressBytes bytes of address after the instruction, 1 to 4
   * @param maxHz highest clock in Hz, at least 1
   * @param sequentialMode value of the mode register for sequential access, 0 to 255, or {@link
   *     #NO_MODE_REGISTER}
   * @param traits what else sets the part apart
   * @throws IllegalArgumentException if a value is out of its range
   */
  public SpiRamChip(
      String name,
      long capacity,
      int addressBytes,
      int maxHz,
      int sequentialMode,
      Set<Trait> traits) {
    this(name, capacity, addressBytes, maxHz, sequentialMode, traits, 0, 0);
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

  /**
   * Starts to describe a part that is not in the table.
   *
   * @param name the part number, not blank
   * @return a builder with defaults
   */
  public static SpiRamChipBuilder describe(String name) {
    return new SpiRamChipBuilder(name);
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
   * Returns the lowest clock that the part can be driven at.
   *
   * @return Hz: 1, or what moves instruction, address and a byte while chip select may be low
   */
  public int minHz() {
    return (int) minHz(selectNanos, addressBytes);
  }

  private static long minHz(int selectNanos, int addressBytes) {
    return selectNanos == 0 ? 1 : Math.ceilDiv((2 + addressBytes) * 8_000_000_000L, selectNanos);
  }

  /** Returns how many bytes move while chip select may be low, instruction and address included. */
  int longestTransfer(int hz) {
    return selectNanos == 0
        ? Integer.MAX_VALUE
        : (int) Math.min(Integer.MAX_VALUE, (long) selectNanos * hz / 8_000_000_000L);
  }

  ChipKind kind() {
    if (sequentialMode != NO_MODE_REGISTER) {
      return ChipKind.MODE_REGISTER;
    }
    if (has(WRITE_ENABLE)) {
      return ChipKind.LATCH;
    }
    return has(PSEUDO_STATIC) ? ChipKind.IDENTIFIED : ChipKind.PLAIN;
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
    return knownNames(chip -> true);
  }

  /** Names the parts in the table that meet a condition. */
  static String knownNames(Predicate<SpiRamChip> condition) {
    return KNOWN.stream().filter(condition).map(SpiRamChip::name).collect(Collectors.joining(", "));
  }
}
