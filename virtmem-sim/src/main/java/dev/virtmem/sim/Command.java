package dev.virtmem.sim;

/**
 * A transfer as the host sent it: what was on the wires while a chip select was low, taken apart as
 * the device that is wired there does.
 *
 * @param bus SPI bus, 0 to 6
 * @param channel chip select, at least 0
 * @param nanos when chip select fell, by the virtual clock, in ns
 * @param instruction the name of the instruction, such as {@code READ}
 * @param address the address in bytes as it was sent; -1 if there is none, or it was cut off
 * @param dataBytes number of bytes after instruction, address and dummy bytes
 * @param prefix whether it only counts together with the command that follows it on this chip
 * @param failed whether the transfer ended with an exception
 * @param thread the name of the thread that sent it
 */
public record Command(
    int bus,
    int channel,
    double nanos,
    String instruction,
    long address,
    int dataBytes,
    boolean prefix,
    boolean failed,
    String thread) {

  /** No address. */
  public static final int NO_ADDRESS = -1;

  /** Takes a transfer of at least one byte apart. */
  static Command of(
      int bus, int channel, double nanos, SpiDevice device, byte[] mosi, int from, int length) {
    Instruction instruction = device.instruction(mosi[from] & 0xff);
    int addressEnd = 1 + instruction.addressBytes();
    return new Command(
        bus,
        channel,
        nanos,
        instruction.name(),
        addressEnd == 1 || addressEnd > length ? NO_ADDRESS : address(mosi, from, addressEnd),
        Math.max(0, length - addressEnd - instruction.dummyBytes()),
        instruction.prefix(),
        false,
        Thread.currentThread().getName());
  }

  private static long address(byte[] mosi, int from, int end) {
    long address = 0;
    for (int i = 1; i < end; i++) {
      address = address << 8 | mosi[from + i] & 0xff;
    }
    return address;
  }

  /** Returns this command with an exception at its end. */
  Command withFailure() {
    return new Command(bus, channel, nanos, instruction, address, dataBytes, prefix, true, thread);
  }

  /**
   * Returns the command in a line.
   *
   * @return such as {@code 123.456 us 0.1 WRITE 000400, 64 bytes main}
   */
  @Override
  public String toString() {
    var line = new StringBuilder();
    line.append(String.format("%12.3f us  %d.%d  %s", nanos / 1e3, bus, channel, instruction));
    if (address != NO_ADDRESS) {
      line.append(String.format(" %06X", address));
    }
    if (dataBytes > 0) {
      line.append(", ").append(dataBytes).append(dataBytes == 1 ? " byte" : " bytes");
    }
    if (failed) {
      line.append(", failed");
    }
    return line.append("  ").append(thread).toString();
  }
}
