package dev.virtmem.spiram;

import java.util.Optional;

/**
 * Asks what else is there when the declared chip is not. A chip ignores what it does not know, and
 * takes neither a mode nor a status for data, so that no contents are touched.
 */
final class OtherKind {
  private OtherKind() {}

  /** Returns the kind that answers, if it is another one than the declared part's. */
  static Optional<ChipKind> find(ChipCommands chip) {
    ChipKind declared = chip.chip().kind();
    if (declared != ChipKind.IDENTIFIED && Registers.isPseudoStatic(Registers.id(chip))) {
      return Optional.of(ChipKind.IDENTIFIED);
    }
    // The latch goes before the mode: WRMR is WRSR to an FRAM, which ignores it with a clear latch.
    if (declared != ChipKind.LATCH && Registers.hasLatch(chip)) {
      return Optional.of(ChipKind.LATCH);
    }
    if (declared != ChipKind.MODE_REGISTER && keepsMode(chip)) {
      return Optional.of(ChipKind.MODE_REGISTER);
    }
    return Optional.empty();
  }

  private static boolean keepsMode(ChipCommands chip) {
    chip.register(Registers.RSTIO);
    return Registers.selectMode(chip, SpiRamChip.SEQUENTIAL) == SpiRamChip.SEQUENTIAL;
  }
}
