package dev.virtmem.spiram;

/** By what a chip can be known without touching its contents. */
enum ChipKind {
  /** Serial SRAM: a mode register that keeps what is written. */
  MODE_REGISTER("a serial SRAM answers, as it keeps a mode"),

  /** FRAM and MRAM: a write-enable latch that can be set. */
  LATCH("an FRAM or MRAM answers, as its write-enable latch can be set"),

  /** Pseudo-static RAM by AP Memory: an ID. */
  IDENTIFIED("a pseudo-static RAM answers with the ID 0D 5D"),

  /** None of these. */
  PLAIN("");

  /** Says that one is there. */
  final String answers;

  ChipKind(String answers) {
    this.answers = answers;
  }

  /** Names the parts of this kind in the driver's table. */
  String parts() {
    return SpiRamChip.knownNames(chip -> chip.kind() == this);
  }
}
