package dev.virtmem.sim;

/**
 * What a device takes the first byte of a transfer for, so that a {@link CommandLog} can show it.
 *
 * @param name the name that the datasheet gives it, such as {@code READ}
 * @param addressBytes bytes of address that follow it, 0 to 4, most significant byte first
 * @param dummyBytes bytes without a meaning that follow the address, at least 0
 * @param prefix whether it only counts together with the command that follows it, such as {@code
 *     WREN}
 */
public record Instruction(String name, int addressBytes, int dummyBytes, boolean prefix) {

  /** Describes an instruction with nothing but data. */
  static Instruction plain(String name) {
    return new Instruction(name, 0, 0, false);
  }

  /** Describes an instruction with an address. */
  static Instruction addressed(String name, int addressBytes) {
    return new Instruction(name, addressBytes, 0, false);
  }

  /** Describes an instruction that belongs to the command after it. */
  static Instruction prefix(String name) {
    return new Instruction(name, 0, 0, true);
  }

  /** Describes an instruction that a device does not know. */
  static Instruction unknown(int code) {
    return plain(String.format("unknown %02X", code));
  }
}
