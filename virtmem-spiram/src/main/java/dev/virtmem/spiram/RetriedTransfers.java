package dev.virtmem.spiram;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;

/**
 * Transfers whose failure is no exception but a reason to try again, and the memory of what went
 * wrong last, for the exception that is due when all tries are used up.
 */
final class RetriedTransfers {
  final BackingStore chip;

  /** How often a transfer is repeated before it counts as failed. */
  final int retries;

  private final Runnable setUp;
  private StoreException failure;
  private long repeated;
  private long repaired;
  private long scrubs;
  private long losses;

  /**
   * Makes transfers to a chip.
   *
   * @param setUp puts the chip back into the state that the driver needs, without touching its
   *     contents; a {@link StoreException} if that fails
   */
  RetriedTransfers(BackingStore chip, Runnable setUp, int retries) {
    this.chip = chip;
    this.setUp = setUp;
    this.retries = retries;
  }

  /** Reads; returns whether the device reported no error. */
  boolean read(long offset, TransferBuffer target) {
    try {
      chip.read(offset, target);
      return true;
    } catch (StoreException e) {
      failure = e;
      return false;
    }
  }

  /** Writes; returns whether the device reported no error. */
  boolean write(long offset, TransferBuffer source) {
    try {
      chip.write(offset, source);
      return true;
    } catch (StoreException e) {
      failure = e;
      return false;
    }
  }

  /**
   * Puts the chip back into the state that the driver needs: its mode register may have been hit,
   * or its supply have been away.
   *
   * @return whether there is a chip that took it
   */
  boolean setUp() {
    try {
      setUp.run();
      return true;
    } catch (StoreException e) {
      failure = e;
      return false;
    }
  }

  void countRetry() {
    repeated++;
  }

  /** Forgets the repetitions so far, which turned out to be no sign of a bad bus. */
  void forgetRetries() {
    repeated = 0;
  }

  void countRepair() {
    repaired++;
  }

  void countScrub() {
    scrubs++;
  }

  void countLoss() {
    losses++;
  }

  Verification.Counts counts() {
    return new Verification.Counts(repeated, repaired, scrubs, losses);
  }

  /** Forgets the last failure, at the start of something that may be repeated. */
  void begin() {
    failure = null;
  }

  /** Returns the exception for something that did not succeed however often it was tried. */
  StoreException exhausted(String action, long offset, int length) {
    // A failure that was reported has its own cause, which its message says.
    return new StoreException(
        tried(action, offset, length)
            + (failure == null
                ? ", what came back was wrong each time. The bus is bad: try a lower clock"
                    + " (hz=1000000), shorten the wires, and put 100 nF across the chip's supply"
                : ", the last failure was: " + failure.getMessage()),
        failure);
  }

  /**
   * Returns the exception for a write that was read back {@link #retries} times or more.
   *
   * @param same whether it came back with the same wrong bits each time, which no chance does
   * @param wrong offset of the first wrong byte on the chip
   */
  StoreException notWritten(long offset, int length, boolean same, long wrong) {
    return same && failure == null
        ? new StoreException(
            tried("writing", offset, length)
                + ", and came back with the same wrong bits each time, the first of them at offset "
                + wrong
                + ". The bus is hardly to blame for that: cells of the chip are broken, or it is"
                + " another part than declared. The self-test says more if verify is left out of"
                + " the URI")
        : exhausted("writing", offset, length);
  }

  private String tried(String action, long offset, int length) {
    return action
        + " of "
        + length
        + " bytes at offset "
        + offset
        + " of "
        + chip
        + " was tried "
        + (retries + 1)
        + " times";
  }
}
