package dev.virtmem.spiram;

import dev.virtmem.spiram.LineRepair.LostLines;
import dev.virtmem.store.StoreException;
import java.util.Arrays;

/** What is done to all lines of a chip: filling it with zeros, taking it over, checking it. */
final class LineFormat {
  private final LineTransfers transfers;
  private final RetriedTransfers counts;
  private final LineLayout layout;
  private final LineRepair repair;
  private final byte[] header;

  /** As many lines as a transfer moves; used here while no write is under way. */
  private final Lines lines;

  LineFormat(
      LineTransfers transfers,
      RetriedTransfers counts,
      LineLayout layout,
      LineRepair repair,
      Lines lines) {
    this.transfers = transfers;
    this.counts = counts;
    this.layout = layout;
    this.repair = repair;
    this.lines = lines;
    header = LineHeader.of(layout);
  }

  /** Fills the chip with lines of zeros, which is what their parity is as well. */
  void format() {
    int most = layout.transferLines();
    for (int slot = 0; slot < layout.slots(); slot += most) {
      int count = Math.min(most, layout.slots() - slot);
      // What precedes a transfer is the end of the one before.
      System.arraycopy(
          lines.bytes, lines.bytes.length - Lines.WITNESS, lines.bytes, 0, Lines.WITNESS);
      for (int line = 0; line < count; line++) {
        int at = Lines.at(line);
        Arrays.fill(lines.bytes, at, at + Lines.DATA, (byte) 0);
        if (layout.isHeader(slot + line)) {
          System.arraycopy(header, 0, lines.bytes, at, Lines.DATA);
        }
        lines.seal(line, slot + line);
      }
      transfers.write(slot, count, lines);
    }
  }

  /**
   * Takes over what a non-volatile chip holds: checks each group, rebuilds what is wrong, and
   * renews parity that a cut of power has left behind. What is lost is reported when it is
   * accessed.
   *
   * @param mayFormat whether to erase a chip that holds something else
   * @throws StoreException if it holds something else and must not be erased
   */
  void takeOver(boolean mayFormat) {
    LineLayout found = find();
    if (layout.equals(found)) {
      repairHeaders();
      for (int group = 0; group < layout.lines(); group++) {
        repairIfPossible(group, true);
      }
    } else if (mayFormat) {
      // There was no header to be read, however often.
      counts.forgetRetries();
      format();
    } else {
      throw new StoreException(
          counts.chip
              + " holds "
              + (found == null ? "no store of verify=crc" : described(found))
              + ", and contents that survive power-off are not erased unasked: say format=yes to"
              + " erase them");
    }
  }

  /** Says in what another store differs from the one that is wanted. */
  private String described(LineLayout found) {
    return found.regions() != layout.regions()
        ? "a store of verify=crc with regions=" + found.regions()
        : "a store of verify=crc for a part of some "
            + (long) found.slots() * Lines.SIZE
            + " bytes, another one than declared";
  }

  /** Makes a group right if it can be; whoever accesses a line that is lost is told then. */
  private void repairIfPossible(int group, boolean parityIsOld) {
    try {
      repair.group(group, parityIsOld);
    } catch (LostLines e) {
      // It is counted, and thrown again at each access to the group's wrong lines.
    }
  }

  private LineLayout find() {
    for (int slot : new int[] {0, layout.secondHeader()}) {
      if (transfers.readOne(slot, lines) && LineHeader.isHeader(lines.bytes, Lines.at(0))) {
        return LineHeader.layout(lines.bytes, Lines.at(0));
      }
    }
    return null;
  }

  private void repairHeaders() {
    for (int slot = 0; slot < layout.slots(); slot++) {
      if (layout.isHeader(slot)) {
        repair.header(slot, header);
      }
    }
  }

  /**
   * Reads all lines and rebuilds those that are wrong. What is lost is reported when it is
   * accessed.
   *
   * @throws StoreException if the bus is too bad; the rest is not checked then
   */
  void scrub() {
    counts.countScrub();
    int most = layout.transferLines();
    for (int slot = 0; slot < layout.slots(); slot += most) {
      int wrong = transfers.read(slot, Math.min(most, layout.slots() - slot), lines);
      for (; wrong != 0; wrong &= wrong - 1) {
        mend(slot + Integer.numberOfTrailingZeros(wrong));
      }
    }
  }

  private void mend(int slot) {
    counts.countRetry();
    if (layout.isHeader(slot)) {
      repair.header(slot, header);
    } else if (!transfers.readOne(slot, lines)) {
      repairIfPossible(layout.group(slot), false);
    }
  }
}
