package dev.virtmem.spiram;

import java.util.Arrays;

/**
 * The commands of start-up: registers, and short accesses whose address field may have any length.
 *
 * @param connection the wire
 * @param chip the part that is declared
 * @param hz the clock, for messages
 * @param limit the longest transfer in bytes, instruction and address included
 */
record ChipCommands(SpiConnection connection, SpiRamChip chip, int hz, int limit) {
  static final byte READ = 0x03;
  static final byte WRITE = 0x02;
  static final byte WREN = 0x06;

  private static final int MAX_WINDOW = 8;

  /**
   * Returns how many bytes behind an address field a probe looks at: 8, or fewer if 8 do not fit.
   */
  int window(int addressBytes) {
    return Math.min(MAX_WINDOW, limit - 1 - addressBytes);
  }

  /** Sends a command and returns the last byte that came back. */
  byte register(byte... bytes) {
    exchange(bytes);
    return bytes[bytes.length - 1];
  }

  /** Returns what comes back from the instruction on, the address field included. */
  byte[] readRaw(byte[] address, int length) {
    byte[] bytes = command(READ, address, new byte[length]);
    exchange(bytes);
    return bytes;
  }

  /** Returns what comes back behind the address field. */
  byte[] read(byte[] address, int length) {
    byte[] bytes = readRaw(address, length);
    return Arrays.copyOfRange(bytes, 1 + address.length, bytes.length);
  }

  /** Writes, enabled as the declared part needs it or in any case. */
  void write(byte[] address, byte[] data, boolean enable) {
    if (enable || chip.kind() == ChipKind.LATCH) {
      register(WREN);
    }
    exchange(command(WRITE, address, data));
  }

  /** Sends an instruction with zeros and returns what comes back behind them; nothing if none. */
  byte[] answer(byte instruction, int zeros, int length) {
    if (length < 1) {
      return new byte[0];
    }
    byte[] bytes = command(instruction, new byte[zeros], new byte[length]);
    exchange(bytes);
    return Arrays.copyOfRange(bytes, 1 + zeros, bytes.length);
  }

  private void exchange(byte[] bytes) {
    connection.exchange(bytes, "set-up command", 0, bytes.length);
  }

  private static byte[] command(byte instruction, byte[] address, byte[] data) {
    var bytes = new byte[1 + address.length + data.length];
    bytes[0] = instruction;
    System.arraycopy(address, 0, bytes, 1, address.length);
    System.arraycopy(data, 0, bytes, 1 + address.length, data.length);
    return bytes;
  }

  /** Returns an address field: the most significant byte first. */
  static byte[] address(long address, int bytes) {
    var field = new byte[bytes];
    long rest = address;
    for (int i = bytes - 1; i >= 0; i--) {
      field[i] = (byte) rest;
      rest >>>= 8;
    }
    return field;
  }

  boolean isOnBusOf(ChipCommands other) {
    return connection.spi().config().bus() == other.connection.spi().config().bus();
  }

  String name() {
    return connection.name();
  }
}
