package dev.virtmem.spiram;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreState;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.util.Arrays;

/**
 * A store whose bytes lie on a chip in lines with a CRC each and in groups with parity: {@link
 * Verification#CRC}. See {@link LineLayout} for where they lie.
 *
 * <p>A write reads the lines that it changes and their parity, all of them checked, changes them
 * here, and then writes data, P and Q one after the other, each until the chip is seen to hold it.
 * If that fails, data and parity stay here, and the next call goes on with them before it does
 * anything else: between them the parity on the chip would rebuild wrong data. When a write may
 * have gone astray, all lines of the chip are checked afterwards.
 *
 * <p>If power is cut in the middle of a write to a non-volatile chip, each line of its range holds
 * either what it held before or what was written, after the chip was opened again. All other lines
 * are as before, unless the bus destroyed one in the same moment.
 */
final class CrcStore implements VerifiedStore {
  private static final int STAGES = 3;

  private final RetriedTransfers retried;
  private final LineTransfers transfers;
  private final LineLayout layout;
  private final LineRepair repair;
  private final LineFormat format;

  /** Data, P and Q of a write. While none is under way, the first is for reading. */
  private final Lines[] buffers = new Lines[STAGES];

  private final Lines single = new Lines(1);
  private final byte[] change = new byte[Lines.DATA];
  private final long capacity;
  private final TransferCost cost;
  private final StoreState state;

  /** Which of the buffers is to be written next; all of them are if there is no write under way. */
  private int stage = STAGES;

  private int pendingSlot;
  private int pendingCount;

  /**
   * Puts verification over a chip, and fills it with zeros unless its contents survive power-off.
   *
   * @param chip the store below, owned by this one from now on
   * @param volatileChip whether power-off erases it
   * @param multiple what the capacity must be a multiple of, in bytes
   * @throws StoreException if a non-volatile chip holds something else and must not be erased, or
   *     the bus is too bad; the chip is not closed then
   */
  CrcStore(
      BackingStore chip,
      Runnable setUp,
      VerificationSettings settings,
      boolean volatileChip,
      long multiple) {
    retried = new RetriedTransfers(chip, setUp, settings.retries());
    layout = LineLayout.of(chip.capacity(), settings.regions());
    transfers = new LineTransfers(retried, layout.transferLines());
    repair = new LineRepair(transfers, retried, layout);
    Arrays.setAll(buffers, i -> new Lines(layout.transferLines()));
    format = new LineFormat(transfers, retried, layout, repair, buffers[0]);
    cost = cost(chip.cost());
    long left = (long) layout.dataLines() * Lines.DATA;
    capacity = left / multiple * multiple;
    if (capacity == 0) {
      throw new IllegalArgumentException(
          "of "
              + chip
              + " verify=crc leaves "
              + left
              + " bytes, less than a stripe of "
              + multiple);
    }
    state = new StoreState(this, capacity);
    if (volatileChip) {
      format.format();
    } else {
      format.takeOver(settings.format());
    }
    settle();
  }

  @Override
  public long capacity() {
    return capacity;
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    state.check(offset, target.length());
    if (target.length() == 0) {
      return;
    }
    settle();
    Lines lines = buffers[0];
    for (int done = 0; done < target.length(); ) {
      long at = offset + done;
      int inLine = (int) (at % Lines.DATA);
      int count = lineCount(inLine, target.length() - done, layout.transferLines());
      fetch(layout.slot((int) (at / Lines.DATA)), count, lines);
      for (int line = 0; line < count; line++) {
        int part = Math.min(Lines.DATA - inLine, target.length() - done);
        target.put(done, lines.bytes, Lines.at(line) + inLine, part);
        done += part;
        inLine = 0;
      }
    }
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    state.check(offset, source.length());
    if (source.length() == 0) {
      return;
    }
    settle();
    for (int done = 0; done < source.length(); ) {
      done += writeSome(offset + done, source, done);
    }
  }

  /** Writes as much as goes in one transfer; returns how many bytes. */
  private int writeSome(long at, TransferBuffer source, int position) {
    int first = (int) (at / Lines.DATA);
    int inLine = (int) (at % Lines.DATA);
    int slot = layout.slot(first);
    int group = layout.group(slot);
    int most = Math.min(layout.transferLines(), layout.lines() - group);
    int count = lineCount(inLine, source.length() - position, most);
    pendingSlot = slot;
    pendingCount = count;
    for (int i = 0; i < STAGES; i++) {
      fetch(stageSlot(i), count, buffers[i]);
    }
    int done = 0;
    boolean changed = false;
    for (int line = 0; line < count; line++) {
      int part = Math.min(Lines.DATA - inLine, source.length() - position - done);
      source.get(position + done, change, 0, part);
      changed |= change(line, inLine, part, first / layout.lines());
      done += part;
      inLine = 0;
    }
    if (changed) {
      for (int i = 0; i < STAGES; i++) {
        for (int line = 0; line < count; line++) {
          buffers[i].seal(line, stageSlot(i) + line);
        }
      }
      stage = 0;
      settle();
    }
    return done;
  }

  private static int lineCount(int inLine, int bytes, int most) {
    return (int) Math.min(most, Math.ceilDiv((long) inLine + bytes, Lines.DATA));
  }

  /** Gives a part of a line new bytes; returns whether they differ from the old ones. */
  private boolean change(int line, int inLine, int count, int region) {
    int at = Lines.at(line) + inLine;
    byte[] data = buffers[0].bytes;
    if (Arrays.equals(change, 0, count, data, at, at + count)) {
      return false;
    }
    Galois.add(change, 0, data, at, count, 1);
    Galois.add(data, at, change, 0, count, 1);
    Galois.add(buffers[1].bytes, at, change, 0, count, 1);
    Galois.add(buffers[2].bytes, at, change, 0, count, Galois.power(region));
    return true;
  }

  private int stageSlot(int index) {
    return index == 0
        ? pendingSlot
        : layout.slot(layout.regions() + index - 1, layout.group(pendingSlot));
  }

  /** Ends the write that is under way, and checks the chip if one may have gone astray. */
  private void settle() {
    while (stage < STAGES) {
      transfers.write(stageSlot(stage), pendingCount, buffers[stage]);
      stage++;
    }
    if (transfers.isAstray()) {
      transfers.setAstray(false);
      try {
        format.scrub();
      } catch (StoreException e) {
        transfers.setAstray(true);
        throw e;
      }
    }
  }

  /** Reads lines and makes sure that each of them is right. */
  private void fetch(int slot, int count, Lines target) {
    int wrong = transfers.read(slot, count, target);
    for (; wrong != 0; wrong &= wrong - 1) {
      int line = Integer.numberOfTrailingZeros(wrong);
      retried.countRetry();
      fetchOne(slot + line);
      target.copy(line, single, 0);
    }
  }

  private void fetchOne(int slot) {
    for (int tries = 0; tries <= retried.retries; tries++) {
      if (transfers.readOne(slot, single)) {
        return;
      }
      // What destroyed it may have destroyed its neighbours as well.
      transfers.setAstray(true);
      repair.group(layout.group(slot), false);
    }
    throw retried.exhausted("repairing", Lines.offset(slot), Lines.SIZE);
  }

  @Override
  public void sync() {
    state.checkOpen();
    settle();
    retried.chip.sync();
  }

  /**
   * Returns the cost of the transfers below, for up to 1,024 bytes that start at a line: one read
   * for a read; six reads and three writes for a write, which go for the lines, P and Q, each of
   * them read, written, and read back. A line has 68 bytes, and a read four more for the witness.
   * What is longer takes as many transfers again for each 1,024 bytes.
   *
   * @return the cost; unit 64
   */
  @Override
  public TransferCost cost() {
    return cost;
  }

  private static TransferCost cost(TransferCost chip) {
    double share = (double) Lines.SIZE / Lines.DATA;
    double readNanos = chip.readNanos() + Lines.WITNESS * chip.readNanosPerByte();
    return new TransferCost(
        readNanos,
        share * chip.readNanosPerByte(),
        STAGES * (2 * readNanos + chip.writeNanos()),
        share * STAGES * (2 * chip.readNanosPerByte() + chip.writeNanosPerByte()),
        Lines.DATA);
  }

  @Override
  public Verification.Counts counts() {
    return retried.counts();
  }

  @Override
  public int bufferBytes() {
    return STAGES * buffers[0].bytes.length
        + transfers.bufferBytes()
        + repair.bufferBytes()
        + single.bytes.length
        + change.length
        + Lines.DATA;
  }

  @Override
  public void close() {
    if (state.close()) {
      retried.chip.close();
    }
  }

  @Override
  public String toString() {
    return retried.chip + ", with CRC and parity";
  }
}
