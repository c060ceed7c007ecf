package dev.virtmem.spiram;

import dev.virtmem.store.StoreException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A few bytes of a chip by which other addresses are compared with theirs: those that reach the
 * same place show the same bytes. Only where addresses show the same by chance as well, the bytes
 * are overwritten to find out, and put back in the end, also if the wire fails in between.
 *
 * <p>Transfers: 2 to make one, 1 for each address, 4 to 6 more in all if bytes are overwritten, and
 * 3 or 4 more for each address that does reach the place.
 */
final class Mark implements AutoCloseable {
  private static final byte FIRST = (byte) 0xa6;

  // Odd, so that a shifted pattern never equals the pattern.
  private static final int STEP = 0x35;

  private static final int ATTEMPTS = 3;

  private final ChipCommands chip;
  private final byte[] address;
  private final byte[] base;
  private byte[] marked;

  /**
   * Looks at a place.
   *
   * @param address the address field, of any length
   * @param length number of bytes, at least 1
   * @throws StoreException if the wire fails, or two reads in succession differ: what would be
   *     saved could not be trusted
   */
  Mark(ChipCommands chip, byte[] address, int length) {
    this.chip = chip;
    this.address = address;
    base = chip.read(address, length);
    byte[] again = chip.read(address, length);
    if (!Arrays.equals(base, again)) {
      throw Diagnosis.unsteady(chip, hex(base), hex(again));
    }
  }

  /** Tells whether all bytes of the place were the same at first. */
  boolean isConstant() {
    for (byte value : base) {
      if (value != base[0]) {
        return false;
      }
    }
    return true;
  }

  /** Tells whether an address shows what the place held at first. */
  boolean looksLike(byte[] other) {
    return Arrays.equals(base, chip.read(other, base.length));
  }

  /** Tells whether an address of this chip reaches the place. */
  boolean isReachedBy(byte[] other) {
    return isReachedBy(chip, other);
  }

  /**
   * Tells whether an address, sent over some connection, reaches the place.
   *
   * @throws StoreException if the wire fails
   * @throws NotKeptException if the place had to be overwritten, and was not
   */
  boolean isReachedBy(ChipCommands wire, byte[] other) {
    byte[] seen = wire.read(other, base.length);
    if (marked == null) {
      if (!Arrays.equals(seen, base)) {
        return false;
      }
      overwrite();
      seen = wire.read(other, base.length);
    }
    if (!Arrays.equals(seen, marked)) {
      return false;
    }
    // It may have held just that before.
    overwrite();
    return Arrays.equals(wire.read(other, base.length), marked);
  }

  /**
   * Overwrites the place.
   *
   * @throws NotKeptException if it reads as something else then
   */
  void overwrite() {
    var pattern = new byte[base.length];
    boolean complement = marked != null ? marked[0] == FIRST : base[0] == FIRST;
    for (int i = 0; i < pattern.length; i++) {
      pattern[i] = (byte) (FIRST + i * STEP ^ (complement ? 0xff : 0));
    }
    marked = pattern;
    chip.write(address, pattern, false);
    byte[] seen = chip.read(address, base.length);
    if (!Arrays.equals(seen, pattern)) {
      throw new NotKeptException("wrote " + hex(pattern) + " and read " + hex(seen), answer(seen));
    }
  }

  /**
   * Puts back what was overwritten.
   *
   * @throws StoreException if that fails three times; the message has the bytes
   */
  @Override
  public void close() {
    if (marked == null) {
      return;
    }
    RuntimeException failure = null;
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      try {
        // Perhaps it is another kind of chip, whose latch was set by chance before.
        chip.write(address, base, attempt > 0);
        if (Arrays.equals(base, chip.read(address, base.length))) {
          marked = null;
          return;
        }
      } catch (StoreException e) {
        failure = e;
      }
    }
    throw new StoreException(
        "start-up could not put back the bytes "
            + hex(base)
            + " at address "
            + HexFormat.of().formatHex(address)
            + " of the chip on "
            + chip.name(),
        failure);
  }

  /** Returns a byte that differs from what an undriven line gives, if there is one. */
  private static int answer(byte[] seen) {
    for (byte value : seen) {
      if (value != 0 && value != -1) {
        return value & 0xff;
      }
    }
    return seen[0] & 0xff;
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().withUpperCase().formatHex(bytes);
  }
}
