package dev.virtmem.sim;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A part that there is a model of. */
sealed interface ChipPart permits FramPart, PsramPart, SramPart {

  /** All parts. */
  List<ChipPart> ALL =
      Stream.<List<? extends ChipPart>>of(SramPart.ALL, FramPart.ALL, PsramPart.ALL)
          .<ChipPart>flatMap(List::stream)
          .toList();

  /** The part number. */
  String name();

  /** Bytes, a power of two. */
  int capacity();

  /** Bytes of address after an instruction; bits above the capacity are ignored. */
  int addressBytes();

  /** Highest clock, in Hz. */
  int maxHz();

  /** Switches on a chip, which leaves a line that it does not drive to float. */
  MemoryChip powerUp(long seed, int floating);

  /**
   * Finds a part by its number.
   *
   * @throws IllegalArgumentException if it is not among the parts; the message lists them
   */
  static <P extends ChipPart> P find(List<P> parts, String name) {
    return parts.stream()
        .filter(part -> part.name().equalsIgnoreCase(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no model of a chip '"
                        + name
                        + "', there are "
                        + parts.stream().map(ChipPart::name).collect(Collectors.joining(", "))));
  }
}
