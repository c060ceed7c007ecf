package dev.virtmem.spiram;

import dev.virtmem.store.StoreException;
import java.util.Arrays;

/**
 * Rebuilds lines from the others of their group. With D<sub>r</sub> the data of the line in region
 * r, P is the sum of all D<sub>r</sub> and Q that of 2<sup>r</sup> D<sub>r</sub>, in the arithmetic
 * of {@link Galois}: two equations for each byte, from which any two unknown lines follow.
 *
 * <p>If one line of data is unknown, the second equation is a check on the first.
 */
final class LineRepair {
  private final LineTransfers transfers;
  private final RetriedTransfers counts;
  private final LineLayout layout;
  private final Lines line = new Lines(1);
  private final byte[] sumP = new byte[Lines.DATA];
  private final byte[] sumQ = new byte[Lines.DATA];
  private final byte[] parityP = new byte[Lines.DATA];
  private final byte[] parityQ = new byte[Lines.DATA];
  private final byte[] rebuilt = new byte[Lines.DATA];

  LineRepair(LineTransfers transfers, RetriedTransfers counts, LineLayout layout) {
    this.transfers = transfers;
    this.counts = counts;
    this.layout = layout;
  }

  /**
   * Makes all lines of a group right.
   *
   * @param parityIsOld whether parity that is right in itself but belongs to other data is to be
   *     replaced, if all data is right: it is what a cut of power leaves
   * @throws LostLines if more is unknown than can be rebuilt; nothing is written then
   * @throws StoreException if the bus is too bad
   */
  void group(int group, boolean parityIsOld) {
    int p = layout.regions();
    Arrays.fill(sumP, (byte) 0);
    Arrays.fill(sumQ, (byte) 0);
    int first = -1;
    int second = -1;
    for (int region = 0; region < p; region++) {
      if (read(region, group)) {
        addLine(region);
      } else if (second >= 0) {
        throw lost(group, first, second, region);
      } else if (first >= 0) {
        second = region;
      } else {
        first = region;
      }
    }
    boolean knownP = readParity(p, group, parityP);
    boolean knownQ = readParity(p + 1, group, parityQ);
    if (second >= 0) {
      if (!knownP || !knownQ) {
        throw lost(group, first, second);
      }
      rebuildTwo(group, first, second);
      return;
    }
    if (first >= 0) {
      rebuildOne(group, first, knownP, knownQ);
    }
    if (!knownP || parityIsOld && !Arrays.equals(parityP, sumP)) {
      write(p, group, sumP);
    }
    if (!knownQ || parityIsOld && !Arrays.equals(parityQ, sumQ)) {
      write(p + 1, group, sumQ);
    }
  }

  private boolean read(int region, int group) {
    return transfers.readOne(layout.slot(region, group), line);
  }

  private void addLine(int region) {
    addMultiple(sumP, line.bytes, Lines.at(0), 1);
    addMultiple(sumQ, line.bytes, Lines.at(0), Galois.power(region));
  }

  private boolean readParity(int region, int group, byte[] parity) {
    boolean known = read(region, group);
    System.arraycopy(line.bytes, Lines.at(0), parity, 0, Lines.DATA);
    return known;
  }

  private static void addMultiple(byte[] sum, byte[] source, int from, int factor) {
    Galois.add(sum, 0, source, from, Lines.DATA, factor);
  }

  /** Solves both equations for the lines of two regions. */
  private void rebuildTwo(int group, int first, int second) {
    addMultiple(sumP, parityP, 0, 1);
    addMultiple(sumQ, parityQ, 0, 1);
    int factor = Galois.power(first);
    int divisor = factor ^ Galois.power(second);
    Arrays.fill(rebuilt, (byte) 0);
    addMultiple(rebuilt, sumQ, 0, Galois.divide(1, divisor));
    addMultiple(rebuilt, sumP, 0, Galois.divide(factor, divisor));
    addMultiple(sumP, rebuilt, 0, 1);
    write(second, group, rebuilt);
    write(first, group, sumP);
  }

  /** Solves one equation, checks the other one, and completes the sums. */
  private void rebuildOne(int group, int region, boolean knownP, boolean knownQ) {
    int factor = Galois.power(region);
    Arrays.fill(rebuilt, (byte) 0);
    if (knownP) {
      addMultiple(rebuilt, sumP, 0, 1);
      addMultiple(rebuilt, parityP, 0, 1);
    } else if (knownQ) {
      int inverse = Galois.divide(1, factor);
      addMultiple(rebuilt, sumQ, 0, inverse);
      addMultiple(rebuilt, parityQ, 0, inverse);
    } else {
      throw lost(group, region);
    }
    addMultiple(sumP, rebuilt, 0, 1);
    addMultiple(sumQ, rebuilt, 0, factor);
    if (knownP && knownQ && !Arrays.equals(parityQ, sumQ)) {
      throw lost(group, region);
    }
    write(region, group, rebuilt);
  }

  private void write(int region, int group, byte[] data) {
    int slot = layout.slot(region, group);
    // Wrong or not: it brings the witness.
    transfers.read(slot, 1, line);
    System.arraycopy(data, 0, line.bytes, Lines.at(0), Lines.DATA);
    line.seal(0, slot);
    transfers.write(slot, 1, line);
    counts.countRepair();
  }

  /**
   * Writes a header again if it is wrong.
   *
   * @param content its data
   */
  void header(int slot, byte[] content) {
    if (!transfers.readOne(slot, line)) {
      System.arraycopy(content, 0, line.bytes, Lines.at(0), Lines.DATA);
      line.seal(0, slot);
      transfers.write(slot, 1, line);
      counts.countRepair();
    }
  }

  private LostLines lost(int group, int... regions) {
    counts.countLoss();
    var message = new StringBuilder("lost are the bytes ");
    for (int i = 0; i < regions.length; i++) {
      long at = (long) layout.dataLine(layout.slot(regions[i], group)) * Lines.DATA;
      message.append(i == 0 ? "" : " and ").append(at).append(" to ").append(at + Lines.DATA - 1);
    }
    return new LostLines(
        message
            .append(" of ")
            .append(counts.chip)
            .append(", counted without the space for verification: more of group ")
            .append(group)
            .append(" is destroyed than its parity can rebuild. Either the chip lost power, or the")
            .append(" bus is far too bad: try a lower clock (hz=1000000) and shorten the wires")
            .toString());
  }

  int bufferBytes() {
    return line.bytes.length + 5 * Lines.DATA;
  }

  /** Bytes that cannot be had again. */
  static final class LostLines extends StoreException {
    private static final long serialVersionUID = 1L;

    private LostLines(String message) {
      super(message);
    }
  }
}
