package dev.virtmem.spiram;

import dev.virtmem.spiram.SpiRamChip.Trait;
import dev.virtmem.store.StoreException;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts a chip into the state that the driver needs, proves that there is a chip, and that it is the
 * declared one.
 *
 * <ul>
 *   <li>A chip with several data lines leaves them (RSTIO), one with a sleep mode wakes up, a
 *       pseudo-static one is reset.
 *   <li>One with a mode register is put into sequential mode, and the register read back.
 *   <li>One with a write-enable latch must show that the latch can be set. It is cleared again.
 *   <li>A pseudo-static one must answer with its ID.
 *   <li>Detection then finds a chip with shorter or longer addresses, one that is too small, one
 *       that another chip select reaches as well, and one with none of the above that is not there.
 *       It compares what the chip holds at addresses that would reach the same place; only where
 *       that is the same by chance it overwrites 8 bytes, and puts them back. A chip with none of
 *       the above is always written to.
 * </ul>
 *
 * <p>At most 4 transfers without detection, and fewer than 64 with it, for each chip in a pool of
 * up to 8. A larger chip of the same kind is none the worse for the declared one, and passes.
 */
final class StartUp {
  private static final byte WAKE = (byte) 0xab;
  private static final byte RESET_ENABLE = 0x66;
  private static final byte RESET = (byte) 0x99;

  private static final int BLOCK_PROTECTION = 0x0c;

  /** What an MR25H40 needs after AB before it takes a command (tRDP), unverified. */
  private static final long WAKE_NANOS = 400_000;

  private static final int MIN_DETECTABLE = 16;

  private final ChipCommands commands;
  private final SpiRamChip chip;
  private final List<ChipCommands> working;

  private StartUp(ChipCommands commands, List<ChipCommands> working) {
    this.commands = commands;
    this.chip = commands.chip();
    this.working = working;
  }

  /**
   * Sets the chip up.
   *
   * @param detect whether to look at the contents
   * @param working chips of the same pool that were set up before
   * @throws StoreException if a transfer fails or the answer is wrong; the message names the likely
   *     cause
   */
  static void run(ChipCommands commands, boolean detect, List<ChipCommands> working) {
    var startUp = new StartUp(commands, working);
    startUp.setUp();
    if (detect && startUp.chip.capacity() >= MIN_DETECTABLE) {
      startUp.detect();
    }
  }

  private void setUp() {
    if (chip.has(Trait.LINE_RESET)) {
      commands.register(Registers.RSTIO);
    }
    if (chip.has(Trait.SLEEP)) {
      commands.register(WAKE);
      pause(WAKE_NANOS);
    }
    switch (chip.kind()) {
      case MODE_REGISTER -> selectSequentialMode();
      case LATCH -> checkLatch();
      case IDENTIFIED -> checkId();
      case PLAIN -> {}
    }
  }

  private void selectSequentialMode() {
    int answer = Registers.selectMode(commands, chip.sequentialMode());
    if (answer != chip.sequentialMode()) {
      throw missing(
          String.format(
              "its mode register reads %02X instead of %02X", answer, chip.sequentialMode()),
          answer);
    }
  }

  private void checkLatch() {
    int status = Registers.statusWithLatch(commands);
    if (!Registers.showsLatch(status)) {
      throw missing(
          String.format(
              "its status register reads %02X, without a write-enable latch in bit 1", status),
          status);
    }
    if ((status & BLOCK_PROTECTION) != 0) {
      throw Diagnosis.writeProtected(commands, status);
    }
  }

  private void checkId() {
    commands.register(RESET_ENABLE);
    commands.register(RESET);
    byte[] id = Registers.id(commands);
    if (!Registers.isPseudoStatic(id)) {
      String hex = HexFormat.ofDelimiter(" ").withUpperCase().formatHex(id);
      throw missing("its ID reads " + hex + " instead of 0D 5D", id[0] & 0xff);
    }
  }

  private void detect() {
    // Before any access: those of detection keep chip select low for too long for such a chip.
    if (chip.kind() == ChipKind.PLAIN && Registers.isPseudoStatic(Registers.id(commands))) {
      throw missing("its ID reads 0D 5D", 0x0d);
    }
    try {
      OptionalInt width = WidthProbe.otherWidth(commands);
      if (width.isPresent()) {
        long size = SizeProbe.measure(commands, width.getAsInt());
        throw Diagnosis.otherWidth(commands, width.getAsInt(), size);
      }
      SizeProbe.check(commands);
      SelectProbe.check(commands, working);
    } catch (NotKeptException e) {
      // What was overwritten has been put back by now, and other kinds can be asked for.
      throw Diagnosis.withLoss(
          chip.kind() == ChipKind.PLAIN
              ? missing(e.getMessage(), e.seen())
              : Diagnosis.notKept(commands, e),
          e);
    } catch (StoreException e) {
      throw Diagnosis.withLoss(e, e);
    }
  }

  private StoreException missing(String symptom, int answer) {
    return Diagnosis.missing(commands, symptom, answer, OtherKind.find(commands), working);
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
