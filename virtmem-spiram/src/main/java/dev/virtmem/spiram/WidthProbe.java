package dev.virtmem.spiram;

import dev.virtmem.store.StoreException;
import java.util.OptionalInt;

/**
 * Tells a chip with two address bytes from one with three, and other such pairs, without leaving
 * either with a changed byte.
 *
 * <p>A command that suits both is as long as the wider address field, all zeros but its last byte.
 * That byte is the lowest of the address for the wider chip, and the first byte of data for the
 * narrower one. What is sent there is what the narrower chip has at address 0, so that a WRITE
 * changes nothing by it:
 *
 * <pre>
 * sent          03 | 00 00 | X     | any ...
 * three bytes      | address X     | data from X
 * two bytes        | address 0 | mem[0] | data from 1
 * </pre>
 *
 * <p>The wider chip shows other bytes when the lowest bit of X is changed, the narrower one does
 * not. If the bytes shown are not all alike, that needs no WRITE.
 */
final class WidthProbe {
  private WidthProbe() {}

  /**
   * Finds out whether the chip takes addresses of another length than the declared part.
   *
   * @return the length in bytes, or empty if it is as declared, or transfers are too short to tell
   * @throws StoreException if the wire fails or the chip makes no sense
   */
  static OptionalInt otherWidth(ChipCommands chip) {
    int declared = chip.chip().addressBytes();
    int wide = declared == 1 ? 2 : Math.max(3, declared);
    int length = chip.window(wide);
    if (length < 1 || chip.chip().capacity() <= length) {
      return OptionalInt.empty();
    }
    byte[] address = new byte[wide];
    address[wide - 1] = chip.readRaw(address, length)[wide];
    byte[] neighbour = address.clone();
    neighbour[wide - 1] ^= 1;
    try (var mark = new Mark(chip, address, length)) {
      int found = isIgnored(mark, neighbour) ? wide - 1 : wide;
      if (found == declared) {
        return OptionalInt.empty();
      }
      if (found < declared && !mark.isReachedBy(ChipCommands.address(1, found))) {
        throw Diagnosis.stuckAddressBits(chip, "0");
      }
      return OptionalInt.of(found);
    }
  }

  private static boolean isIgnored(Mark mark, byte[] neighbour) {
    return mark.isConstant() ? mark.isReachedBy(neighbour) : mark.looksLike(neighbour);
  }
}
