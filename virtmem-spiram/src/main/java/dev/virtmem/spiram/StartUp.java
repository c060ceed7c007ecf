package dev.virtmem.spiram;

import dev.virtmem.store.StoreException;

/**
 * Puts a chip into the state that the driver needs, and proves that there is a chip: leaves the
 * two- and four-bit modes, selects sequential mode and reads the mode register back. Three
 * transfers; the contents of the chip are not touched.
 */
final class StartUp {
  private static final byte RSTIO = (byte) 0xff;
  private static final byte WRMR = 0x01;
  private static final byte RDMR = 0x05;
  private static final byte SEQUENTIAL = 0x40;

  private StartUp() {}

  /**
   * Sets the chip up.
   *
   * @throws StoreException if a transfer fails or the answer is wrong; the message names the likely
   *     cause
   */
  static void run(SpiConnection connection, SpiRamChip chip, int hz) {
    command(connection, RSTIO);
    command(connection, WRMR, SEQUENTIAL);
    int answer = command(connection, RDMR, (byte) 0) & 0xff;
    if (answer != SEQUENTIAL) {
      throw new StoreException(
          "no "
              + chip.name()
              + " on "
              + connection.name()
              + " at "
              + hz
              + " Hz: its mode register reads "
              + String.format("%02X", answer)
              + " instead of 40. "
              + likelyCause(answer));
    }
  }

  private static String likelyCause(int answer) {
    return switch (answer) {
      case 0xff ->
          "All bits 1: nothing drives the line to the host. Check that the chip has power, that SO"
              + " is wired to MISO and CS to this channel's chip select, and that HOLD is wired to"
              + " the supply";
      case 0x00 ->
          "All bits 0: the line to the host stays low. Check that the chip has power and ground,"
              + " that SO is wired to MISO, and that MISO and MOSI are not swapped";
      default ->
          "Something answers, but wrongly. Check the part number, try a lower clock (hz=1000000),"
              + " shorten the wires, and put 100 nF across the chip's supply";
    };
  }

  private static byte command(SpiConnection connection, byte... bytes) {
    connection.exchange(bytes, "set-up command", 0, bytes.length);
    return bytes[bytes.length - 1];
  }
}
