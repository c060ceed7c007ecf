package dev.virtmem.spiram;

import dev.virtmem.store.StoreException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What start-up says of a fault: what was seen, what it likely comes from, and what to try. */
final class Diagnosis {
  private static final String STEADIER =
      "try a lower clock (hz=1000000), shorten the wires, and put 100 nF across the chip's supply";

  private Diagnosis() {}

  /**
   * Says that the declared chip is not there.
   *
   * @param symptom what was seen of it
   * @param answer the byte that was read, of which all bits tell that nothing drives the line
   * @param other the kind of chip that answers instead
   * @param working chips that are in order
   */
  static StoreException missing(
      ChipCommands chip,
      String symptom,
      int answer,
      Optional<ChipKind> other,
      List<ChipCommands> working) {
    return new StoreException(
        "no "
            + chip.chip().name()
            + " on "
            + chip.name()
            + " at "
            + chip.hz()
            + " Hz: "
            + symptom
            + ". "
            + other.map(Diagnosis::otherKind).orElseGet(() -> likelyCause(answer))
            + comparison(chip, working));
  }

  private static String otherKind(ChipKind kind) {
    return "But "
        + kind.answers
        + ". Check the part number (of that kind are "
        + kind.parts()
        + "), and that no chip selects are swapped";
  }

  private static String likelyCause(int answer) {
    return switch (answer) {
      case 0xff ->
          "All bits 1: nothing drives the line to the host. Check that the chip has power, that SO"
              + " is wired to MISO and CS to this channel's chip select, and that HOLD is wired to"
              + " the supply";
      case 0x00 ->
          "All bits 0: the line to the host stays low. Check that the chip has power and ground,"
              + " that SO is wired to MISO and CS to this channel's chip select, that MISO and MOSI"
              + " are not swapped, that HOLD is wired to the supply, and the part number";
      default -> "Something answers, but wrongly. Check the part number, " + STEADIER;
    };
  }

  private static String comparison(ChipCommands chip, List<ChipCommands> working) {
    String names =
        working.stream()
            .filter(chip::isOnBusOf)
            .map(ChipCommands::name)
            .collect(Collectors.joining(", "));
    return names.isEmpty()
        ? ""
        : ". On this bus "
            + names
            + " works: look first at what is this chip's own, as chip select, power and HOLD";
  }

  static StoreException writeProtected(ChipCommands chip, int status) {
    return new StoreException(
        String.format(
            "the %s on %s is write-protected: its status register reads %02X. Clear the"
                + " block-protection bits 3 and 2 with WREN 06 and WRSR 01 00, with WP wired to"
                + " the supply",
            chip.chip().name(), chip.name(), status));
  }

  static StoreException notKept(ChipCommands chip, NotKeptException cause) {
    return new StoreException(
        "the "
            + chip.chip().name()
            + " on "
            + chip.name()
            + " answers at "
            + chip.hz()
            + " Hz, but does not keep what is written: "
            + cause.getMessage()
            + ". See that WP and HOLD are wired to the supply, "
            + STEADIER,
        cause);
  }

  /**
   * Adds what detection could not put back.
   *
   * @param failure what is wrong
   * @param cause what ended detection; what failed after it is suppressed in it
   */
  static StoreException withLoss(StoreException failure, StoreException cause) {
    Throwable[] losses = cause.getSuppressed();
    return losses.length == 0
        ? failure
        : new StoreException(failure.getMessage() + ". Also: " + losses[0].getMessage(), failure);
  }

  static StoreException unsteady(ChipCommands chip, String first, String second) {
    return new StoreException(
        "the "
            + chip.chip().name()
            + " on "
            + chip.name()
            + " answers unsteadily at "
            + chip.hz()
            + " Hz: two reads of the same bytes gave "
            + first
            + " and "
            + second
            + ". To cure that, "
            + STEADIER);
  }

  static StoreException otherWidth(ChipCommands chip, int width, long size) {
    return new StoreException(
        "the chip on "
            + chip.name()
            + " takes "
            + width
            + " address bytes, and a "
            + chip.chip().name()
            + " takes "
            + chip.chip().addressBytes()
            + ". It seems to hold "
            + size
            + " bytes"
            + matching(chip, width, size));
  }

  static StoreException smaller(ChipCommands chip, long size) {
    return new StoreException(
        "the chip on "
            + chip.name()
            + " is smaller than a "
            + chip.chip().name()
            + " of "
            + chip.chip().capacity()
            + " bytes: what is at address 0 shows again at "
            + size
            + ". It seems to hold "
            + size
            + " bytes"
            + matching(chip, chip.chip().addressBytes(), size));
  }

  private static String matching(ChipCommands chip, int width, long size) {
    String parts =
        SpiRamChip.knownNames(
            part ->
                part.kind() == chip.chip().kind()
                    && part.addressBytes() == width
                    && part.capacity() == size);
    return (parts.isEmpty() ? ", as no part in the table does" : ", as do " + parts)
        + ". Give the part number that is printed on the chip";
  }

  static StoreException stuckAddressBits(ChipCommands chip, String bits) {
    return new StoreException(
        "the "
            + chip.chip().name()
            + " on "
            + chip.name()
            + " ignores address bit "
            + bits
            + ": addresses that differ in it reach the same bytes. The chip is damaged, or its"
            + " commands are disturbed: "
            + STEADIER
            + ", then try another chip");
  }

  static StoreException sameChip(ChipCommands one, ChipCommands other) {
    return new StoreException(
        one.name()
            + " and "
            + other.name()
            + " reach the same chip: what is written through one shows through the other. Their"
            + " chip selects are tied together, or one is wired to the other's chip. Give each"
            + " chip a chip select of its own, and check the channel numbers");
  }
}
