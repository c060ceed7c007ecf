package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;

/**
 * Writes to a store and reads back, tells errors that pass from faults that stay, and notes both.
 * Puts back what was there before, unless told otherwise.
 */
final class Probe {
  private static final int TRIES = 4;

  /** Neither all bits 0 nor all bits 1, and other bytes if it is read at the wrong offset. */
  private static final byte[] SIGN = {0x5A, (byte) 0xC3, 0x69, 0x17, (byte) 0x8E, 0x2B, 0x74, 0x31};

  private final BackingStore store;
  private final boolean overwrite;
  private final Evidence evidence;
  private final Progress progress;

  Probe(BackingStore store, boolean overwrite, Evidence evidence, Progress progress) {
    this.store = store;
    this.overwrite = overwrite;
    this.evidence = evidence;
    this.progress = progress;
  }

  /**
   * Runs a test that writes to a range.
   *
   * @param offset where the range starts
   * @param length its length in bytes
   * @param test writes nowhere else
   */
  void in(long offset, int length, Runnable test) {
    if (overwrite) {
      test.run();
      return;
    }
    byte[] saved = settled(offset, length);
    RuntimeException failure = null;
    try {
      test.run();
    } catch (RuntimeException e) {
      failure = e;
    }
    try {
      write(offset, saved);
      if (failure instanceof SilentException) {
        evidence.notRestored(length);
      }
    } catch (StoreException e) {
      evidence.notRestored(length);
      failure = failure == null ? notRestored(offset, length, e) : failure;
      failure.addSuppressed(e);
    }
    if (failure != null) {
      throw failure;
    }
  }

  private static StoreException notRestored(long offset, int length, StoreException cause) {
    return new StoreException(
        Lines.format(
            "%,d bytes at offset %,d could not be put back: %s",
            length, offset, cause.getMessage()),
        cause);
  }

  /**
   * Writes bytes, and reads them back. Where that fails, both are repeated, and what was wrong but
   * once is noted as errors of the bus.
   *
   * @return the bits that are wrong however often they are written and read; mostly none
   * @throws SilentException if the device does not answer any more
   */
  byte[] roundTrip(long offset, byte[] bytes) {
    write(offset, bytes);
    byte[] first = wrong(offset, bytes);
    int at = Bits.first(first);
    if (at < 0) {
      return first;
    }
    evidence.mismatch(mismatch(offset, bytes, first, at));
    byte[] second = wrong(offset, bytes);
    evidence.wrongReads(Bits.of(Bits.xor(first, second)));
    byte[] stays = Bits.and(first, second);
    if (Bits.first(stays) < 0) {
      return stays;
    }
    if (isConstant(Bits.xor(bytes, stays))) {
      checkSilence();
    }
    byte[] still = stays;
    for (int i = 0; i < 2 && Bits.first(still) >= 0; i++) {
      write(offset, bytes);
      byte[] now = Bits.and(wrong(offset, bytes), wrong(offset, bytes));
      evidence.wrongWrites(Bits.of(Bits.and(now, Bits.not(stays))));
      still = Bits.and(still, now);
    }
    evidence.wrongWrites(Bits.of(Bits.xor(stays, still)));
    return still;
  }

  /** Describes the wrong byte at an index. */
  static Mismatch mismatch(long offset, byte[] bytes, byte[] wrong, int at) {
    return new Mismatch(offset + at, bytes[at] & 0xFF, (bytes[at] ^ wrong[at]) & 0xFF);
  }

  /** Returns the bits that are not as expected at this time. */
  byte[] wrong(long offset, byte[] bytes) {
    return Bits.xor(bytes, read(offset, bytes.length));
  }

  /**
   * Finds out whether the device answers at all.
   *
   * @throws SilentException if whatever is written, all bits that are read are the same
   */
  void checkSilence() {
    long capacity = store.capacity();
    if (capacity < SIGN.length) {
      return;
    }
    int answer = -1;
    for (long offset : new long[] {0, (capacity - SIGN.length) / 2, capacity - SIGN.length}) {
      var found = new byte[1][];
      in(
          offset,
          SIGN.length,
          () -> {
            write(offset, SIGN);
            found[0] = read(offset, SIGN.length);
          });
      int value = found[0][0] & 0xFF;
      if (!isConstant(found[0]) || answer >= 0 && answer != value) {
        return;
      }
      answer = value;
    }
    evidence.silent(answer);
    if (!overwrite) {
      // What was saved there is what a silent device gave.
      evidence.notRestored(3 * SIGN.length);
    }
    throw new SilentException(answer);
  }

  /** Tells whether all bits are 0, or all are 1. */
  private static boolean isConstant(byte[] bytes) {
    for (byte value : bytes) {
      if (value != bytes[0]) {
        return false;
      }
    }
    return bytes[0] == 0 || bytes[0] == (byte) 0xFF;
  }

  /** Returns what most of three reads say, or two that agree. */
  byte[] settled(long offset, int length) {
    byte[] first = read(offset, length);
    byte[] second = read(offset, length);
    byte[] differ = Bits.xor(first, second);
    if (Bits.first(differ) < 0) {
      return first;
    }
    evidence.wrongReads(Bits.of(differ));
    return Bits.majority(first, second, read(offset, length));
  }

  byte[] read(long offset, int length) {
    var bytes = new byte[length];
    transfer(offset, TransferBuffer.of(bytes), false);
    return bytes;
  }

  void write(long offset, byte[] bytes) {
    transfer(offset, TransferBuffer.of(bytes), true);
  }

  /** Does a transfer, if need be at the fourth attempt. */
  void transfer(long offset, TransferBuffer buffer, boolean write) {
    for (int tries = 1; ; tries++) {
      try {
        if (write) {
          store.write(offset, buffer);
        } else {
          store.read(offset, buffer);
        }
        evidence.moved(buffer.length(), write);
        progress.by(buffer.length());
        return;
      } catch (StoreException e) {
        evidence.failed(e.getMessage());
        if (tries == TRIES || evidence.isDead()) {
          evidence.failsForGood();
          throw e;
        }
      }
    }
  }
}
