package dev.virtmem;

/** Checks ranges of addresses against the bounds of their memory. */
final class AddressRange {
  private AddressRange() {}

  /** Accepts an empty range anywhere, and any other range only inside of the memory. */
  static void check(Memory memory, long address, long length) {
    if (length < 0) {
      throw new IllegalArgumentException("a length must be at least 0, got " + length);
    }
    if (length > 0 && (address < memory.start() || address > memory.end() - length)) {
      throw outside(memory, address, length);
    }
  }

  /** Says what was wrong with a range that is not inside of the memory. */
  static InvalidAddressException outside(Memory memory, long address, long length) {
    String what = length + (length == 1 ? " byte" : " bytes");
    return new InvalidAddressException(
        address == 0
            ? "access to " + what + " through a null pointer"
            : "%s at address %d: outside of [%d, %d)"
                .formatted(what, address, memory.start(), memory.end()));
  }
}
