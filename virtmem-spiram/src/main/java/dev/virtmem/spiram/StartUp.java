package dev.virtmem.spiram;

import dev.virtmem.spiram.SpiRamChip.Trait;
import dev.virtmem.store.StoreException;
import java.util.concurrent.locks.LockSupport;

/**
 * Puts a chip into the state that the driver needs, and proves that there is a chip. At most four
 * transfers; the contents of the chip are not touched.
 *
 * <ul>
 *   <li>A chip with several data lines leaves them (RSTIO), one with a sleep mode wakes up.
 *   <li>One with a mode register is put into sequential mode, and the register read back.
 *   <li>One with a write-enable latch must show that the latch can be set. It is cleared again.
 *   <li>One with neither cannot be proved without touching its contents, so it is not.
 * </ul>
 */
final class StartUp {
  private static final byte RSTIO = (byte) 0xff;
  private static final byte WRMR = 0x01;
  private static final byte RDMR = 0x05;
  private static final byte WRDI = 0x04;
  private static final byte RDSR = 0x05;
  private static final byte WAKE = (byte) 0xab;

  private static final int LATCH = 0x02;
  private static final int BLOCK_PROTECTION = 0x0c;

  /** What an MR25H40 needs after AB before it takes a command (tRDP), unverified. */
  private static final long WAKE_NANOS = 400_000;

  private final SpiConnection connection;
  private final SpiRamChip chip;
  private final int hz;

  private StartUp(SpiConnection connection, SpiRamChip chip, int hz) {
    this.connection = connection;
    this.chip = chip;
    this.hz = hz;
  }

  /**
   * Sets the chip up.
   *
   * @throws StoreException if a transfer fails or the answer is wrong; the message names the likely
   *     cause
   */
  static void run(SpiConnection connection, SpiRamChip chip, int hz) {
    new StartUp(connection, chip, hz).run();
  }

  private void run() {
    if (chip.has(Trait.LINE_RESET)) {
      command(RSTIO);
    }
    if (chip.has(Trait.SLEEP)) {
      command(WAKE);
      pause(WAKE_NANOS);
    }
    if (chip.sequentialMode() != SpiRamChip.NO_MODE_REGISTER) {
      selectSequentialMode();
    } else if (chip.has(Trait.WRITE_ENABLE)) {
      checkLatch();
    }
  }

  private void selectSequentialMode() {
    command(WRMR, (byte) chip.sequentialMode());
    int answer = command(RDMR, (byte) 0) & 0xff;
    if (answer != chip.sequentialMode()) {
      throw missing(
          String.format(
              "its mode register reads %02X instead of %02X", answer, chip.sequentialMode()),
          answer);
    }
  }

  private void checkLatch() {
    command(SpiRamStore.WREN);
    int answer = command(RDSR, (byte) 0) & 0xff;
    command(WRDI);
    if ((answer & LATCH) == 0 || answer == 0xff) {
      throw missing(
          String.format(
              "its status register reads %02X, without a write-enable latch in bit 1", answer),
          answer);
    }
    if ((answer & BLOCK_PROTECTION) != 0) {
      throw new StoreException(
          String.format(
              "the %s on %s is write-protected: its status register reads %02X. Clear the"
                  + " block-protection bits 3 and 2 with WREN 06 and WRSR 01 00, with WP wired to"
                  + " the supply",
              chip.name(), connection.name(), answer));
    }
  }

  private StoreException missing(String symptom, int answer) {
    return new StoreException(
        "no "
            + chip.name()
            + " on "
            + connection.name()
            + " at "
            + hz
            + " Hz: "
            + symptom
            + ". "
            + likelyCause(answer));
  }

  private static String likelyCause(int answer) {
    return switch (answer) {
      case 0xff ->
          "All bits 1: nothing drives the line to the host. Check that the chip has power, that SO"
              + " is wired to MISO and CS to this channel's chip select, and that HOLD is wired to"
              + " the supply";
      case 0x00 ->
          "All bits 0: the line to the host stays low. Check that the chip has power and ground,"
              + " that SO is wired to MISO, that MISO and MOSI are not swapped, and the part"
              + " number";
      default ->
          "Something answers, but wrongly. Check the part number, try a lower clock (hz=1000000),"
              + " shorten the wires, and put 100 nF across the chip's supply";
    };
  }

  private byte command(byte... bytes) {
    connection.exchange(bytes, "set-up command", 0, bytes.length);
    return bytes[bytes.length - 1];
  }

  private static void pause(long nanos) {
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }
}
