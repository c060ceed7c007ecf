package dev.virtmem.sim;

/** A device on a simulated SPI bus, in SPI mode 0 and with bytes most significant bit first. */
@FunctionalInterface
public interface SpiDevice {

  /**
   * Selects the device, clocks bytes through it in both directions at a rate that it stands, and
   * deselects it.
   *
   * @param mosi holds the bytes from the host
   * @param mosiFrom index of the first of them
   * @param miso receives the bytes to the host; may be the same array as {@code mosi}, with any
   *     overlap
   * @param misoFrom index of the first of them
   * @param length number of bytes, at least 0; the arrays hold as many
   */
  void transfer(byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length);

  /**
   * Does the same at a clock that the device may not stand. A device that does not care for the
   * clock leaves this method as it is.
   *
   * @param mosi holds the bytes from the host
   * @param mosiFrom index of the first of them
   * @param miso receives the bytes to the host; may be the same array as {@code mosi}, with any
   *     overlap
   * @param misoFrom index of the first of them
   * @param length number of bytes, at least 0; the arrays hold as many
   * @param hz the clock, in Hz, at least 1
   */
  default void transfer(byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length, int hz) {
    transfer(mosi, mosiFrom, miso, misoFrom, length);
  }

  /**
   * Describes an instruction, for a {@link CommandLog}. A device that does not say more has unknown
   * instructions only.
   *
   * @param code the first byte of a transfer, 0 to 255
   * @return what this device takes it for
   */
  default Instruction instruction(int code) {
    return Instruction.unknown(code);
  }
}
