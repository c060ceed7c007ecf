package dev.virtmem.sim;

/** A device on a simulated SPI bus, in SPI mode 0 and with bytes most significant bit first. */
public interface SpiDevice {

  /**
   * Selects the device, clocks bytes through it in both directions, and deselects it.
   *
   * @param mosi holds the bytes from the host
   * @param mosiFrom index of the first of them
   * @param miso receives the bytes to the host; may be the same array as {@code mosi}, with any
   *     overlap
   * @param misoFrom index of the first of them
   * @param length number of bytes, at least 0; the arrays hold as many
   */
  void transfer(byte[] mosi, int mosiFrom, byte[] miso, int misoFrom, int length);
}
