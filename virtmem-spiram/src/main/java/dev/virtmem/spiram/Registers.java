package dev.virtmem.spiram;

/** What chips tell of themselves without an access to their contents. */
final class Registers {
  static final byte RSTIO = (byte) 0xff;

  private static final byte WRMR = 0x01;
  private static final byte RDMR = 0x05;
  private static final byte WRDI = 0x04;
  private static final byte RDSR = 0x05;
  private static final byte READ_ID = (byte) 0x9f;

  private static final int LATCH = 0x02;

  private Registers() {}

  /** Sets the mode register of a serial SRAM and returns what it reads then. */
  static int selectMode(ChipCommands chip, int mode) {
    chip.register(WRMR, (byte) mode);
    return chip.register(RDMR, (byte) 0) & 0xff;
  }

  /**
   * Returns the status register of an FRAM or MRAM while its latch is set, and clears the latch.
   */
  static int statusWithLatch(ChipCommands chip) {
    chip.register(ChipCommands.WREN);
    int status = chip.register(RDSR, (byte) 0) & 0xff;
    chip.register(WRDI);
    return status;
  }

  /** Tells whether that shows a latch, which a line that nothing drives does not. */
  static boolean showsLatch(int status) {
    return (status & LATCH) != 0 && status != 0xff;
  }

  /** Tells whether a latch can be set and cleared, with nothing else changing as noise would. */
  static boolean hasLatch(ChipCommands chip) {
    int set = statusWithLatch(chip);
    int clear = chip.register(RDSR, (byte) 0) & 0xff;
    return (set & ~clear) == LATCH && (clear & ~set) == 0;
  }

  /** Returns the first bytes of a chip's ID: two, or one if no more fit into a transfer. */
  static byte[] id(ChipCommands chip) {
    // Three bytes of an address, which does not matter, come before the answer.
    return chip.answer(READ_ID, 3, Math.min(2, chip.limit() - 4));
  }

  /** Tells whether an ID is that of AP Memory's pseudo-static RAM. */
  static boolean isPseudoStatic(byte[] id) {
    return id.length > 0 && id[0] == 0x0d && (id.length == 1 || id[1] == 0x5d);
  }
}
