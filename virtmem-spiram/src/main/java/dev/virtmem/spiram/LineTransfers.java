package dev.virtmem.spiram;

import java.util.Arrays;

/**
 * Reads and writes lines, again if need be, until it is certain what the chip holds.
 *
 * <p>A write is read back and compared. It is read back with the four bytes in front of it, the
 * witness, that were read before the write: if the same address bit flips in the write and when it
 * is read back, both go to the same wrong place, where the data is found but not the witness.
 *
 * <p>A write that did not arrive may have gone astray, so that bytes elsewhere are destroyed:
 * {@link #isAstray()}. A first one is taken to have arrived if what the chip holds differs from it
 * in at most two bits. What was there before differs in at least six, which is the distance of
 * CRC-32C at this length, in each line that the write changes. Of a second one that cannot be said,
 * as what was there before is the first one.
 */
final class LineTransfers {
  private static final int READ_BACKS = 5;
  private static final int FLIPS = 2;

  /** More wrong lines than this in one read come from the command, not from bits of the data. */
  private static final int SCATTERED = 2;

  private enum Arrival {
    AS_SENT,
    WITH_FLIPS,
    NOT
  }

  private final RetriedTransfers transfers;
  private final Lines back;
  private boolean astray;

  LineTransfers(RetriedTransfers transfers, int maxLines) {
    this.transfers = transfers;
    back = new Lines(maxLines);
  }

  /** Tells whether a write may have destroyed bytes elsewhere, since the last time it was told. */
  boolean isAstray() {
    return astray;
  }

  /** Sets what {@link #isAstray()} tells. */
  void setAstray(boolean value) {
    astray = value;
  }

  /**
   * Reads lines, with their witness unless they are the first of the chip.
   *
   * @return a bit for each line that is wrong
   */
  int read(int slot, int count, Lines target) {
    transfers.begin();
    for (int tries = 0; ; tries++) {
      if (readOnce(slot, count, target)) {
        int wrong = wrong(slot, count, target);
        if (Integer.bitCount(wrong) <= SCATTERED || tries > 0) {
          return wrong;
        }
      } else if (tries >= transfers.retries) {
        throw transfers.exhausted("reading", Lines.offset(slot), count * Lines.SIZE);
      }
      transfers.countRetry();
      transfers.setUp();
    }
  }

  private boolean readOnce(int slot, int count, Lines target) {
    return slot == 0
        ? transfers.read(0, target.first(count))
        : transfers.read(Lines.offset(slot) - Lines.WITNESS, target.firstWithWitness(count));
  }

  private static int wrong(int slot, int count, Lines lines) {
    int wrong = 0;
    for (int line = 0; line < count; line++) {
      if (!lines.isRight(line, slot + line)) {
        wrong |= 1 << line;
      }
    }
    return wrong;
  }

  /**
   * Reads a line until it is right, or it is certain that the chip holds it wrongly: two reads
   * after a set-up that succeeded bring the same.
   *
   * @param target receives it as its first line
   * @return whether it is right
   */
  boolean readOne(int slot, Lines target) {
    transfers.begin();
    boolean ready = false;
    boolean known = false;
    int last = 0;
    for (int tries = 0; tries <= transfers.retries; tries++) {
      if (readOnce(slot, 1, target)) {
        if (target.isRight(0, slot)) {
          return true;
        }
        int now = target.fingerprint(1);
        if (ready && known && now == last) {
          return false;
        }
        known = ready;
        last = now;
      } else {
        known = false;
      }
      transfers.countRetry();
      if (!known) {
        ready = transfers.setUp();
      }
    }
    throw transfers.exhausted("reading", Lines.offset(slot), Lines.SIZE);
  }

  /**
   * Writes lines until the chip holds them.
   *
   * @param source holds them, and what was read as their witness
   */
  void write(int slot, int count, Lines source) {
    transfers.begin();
    boolean same = true;
    int last = 0;
    for (int tries = 0; tries <= transfers.retries; tries++) {
      boolean sent = transfers.write(Lines.offset(slot), source.first(count));
      Arrival arrival = readBack(slot, count, source);
      if (arrival == Arrival.AS_SENT) {
        return;
      }
      int now = back.fingerprint(count);
      same &= tries == 0 || now == last;
      last = now;
      transfers.countRetry();
      if (arrival == Arrival.NOT || tries > 0 || !sent) {
        astray = true;
        transfers.setUp();
      }
    }
    int from = Lines.at(0);
    int wrong =
        Arrays.mismatch(source.bytes, from, Lines.at(count), back.bytes, from, Lines.at(count));
    // If all lines are right, it is the witness that is not.
    throw transfers.notWritten(
        Lines.offset(slot), count * Lines.SIZE, same && wrong >= 0, Lines.offset(slot) + wrong);
  }

  /** Reads back until it is as sent, or two reads in a row agree on what else the chip holds. */
  private Arrival readBack(int slot, int count, Lines source) {
    boolean known = false;
    int last = 0;
    for (int tries = 0; tries < READ_BACKS; tries++) {
      if (!readOnce(slot, count, back)) {
        known = false;
        continue;
      }
      int different = differentBits(slot == 0 ? Lines.WITNESS : 0, source, count);
      if (different == 0) {
        return Arrival.AS_SENT;
      }
      int now = back.fingerprint(count);
      if (known && now == last) {
        return different <= FLIPS ? Arrival.WITH_FLIPS : Arrival.NOT;
      }
      known = true;
      last = now;
      if (differentBits(Lines.WITNESS, source, count) == 0) {
        // If the witness was not right, since a bit flipped when it was read, it is the next time.
        System.arraycopy(back.bytes, 0, source.bytes, 0, Lines.WITNESS);
      }
    }
    return Arrival.NOT;
  }

  /** Counts the bits that differ in what was read back; stops counting above {@link #FLIPS}. */
  private int differentBits(int from, Lines source, int count) {
    int end = Lines.at(count);
    int different = 0;
    for (int at = from; different <= FLIPS; at++) {
      int skip = Arrays.mismatch(source.bytes, at, end, back.bytes, at, end);
      if (skip < 0) {
        break;
      }
      at += skip;
      different += Integer.bitCount((source.bytes[at] ^ back.bytes[at]) & 0xff);
    }
    return different;
  }

  int bufferBytes() {
    return back.bytes.length;
  }
}
