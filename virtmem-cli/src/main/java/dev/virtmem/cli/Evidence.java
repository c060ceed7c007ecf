package dev.virtmem.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What the tests of a store have found, for {@link Diagnosis} to conclude from. */
final class Evidence {
  private long transfers;
  private long bitsRead;
  private long bitsWritten;
  private long readErrors;
  private long writeErrors;
  private long failures;
  private String firstFailure;
  private long firstFailureAt;
  private boolean failsForGood;
  private int silent = -1;
  private long silentFrom;
  private Mismatch firstMismatch;
  private Mismatch unexplained;
  private String notRefused;
  private long notRestored;
  private final StuckBits stuckBits = new StuckBits();
  private final List<LineFault> dataLines = new ArrayList<>();
  private final List<LineFault> addressLines = new ArrayList<>();

  /** Notes a transfer that was carried out. */
  void moved(int bytes, boolean write) {
    transfers++;
    if (write) {
      bitsWritten += bytes * 8L;
    } else {
      bitsRead += bytes * 8L;
    }
  }

  /** Notes a transfer that the store reported as failed. */
  void failed(String message) {
    failures++;
    transfers++;
    if (firstFailure == null) {
      firstFailure = Lines.withoutBytes(message);
      firstFailureAt = transfers;
    }
  }

  /** Notes that a transfer failed as often as it was tried. */
  void failsForGood() {
    failsForGood = true;
  }

  /** Notes bits that a second read gave otherwise. */
  void wrongReads(Bits bits) {
    readErrors += bits.errors();
  }

  /** Notes bits that were right when they had been written a second time. */
  void wrongWrites(Bits bits) {
    writeErrors += bits.errors();
  }

  /** Notes that the device does not answer any more, but gives one byte for ever. */
  void silent(int answer) {
    silent = answer;
    silentFrom = transfers;
  }

  /** Notes a byte that was wrong at least once. */
  void mismatch(Mismatch mismatch) {
    if (firstMismatch == null) {
      firstMismatch = mismatch;
    }
  }

  /** Notes a byte that is wrong each time, and why is not known. */
  void unexplained(Mismatch mismatch) {
    mismatch(mismatch);
    if (unexplained == null) {
      unexplained = mismatch;
    }
  }

  /** Notes an access that should have been refused. */
  void notRefused(String access) {
    notRefused = access;
  }

  /** Notes bytes that could not be put back, or of which nobody knows. */
  void notRestored(int bytes) {
    notRestored += bytes;
  }

  /** Returns the first wrong byte since the last call. */
  Optional<Mismatch> takeMismatch() {
    var mismatch = Optional.ofNullable(firstMismatch);
    firstMismatch = null;
    return mismatch;
  }

  long transfers() {
    return transfers;
  }

  long bitsRead() {
    return bitsRead;
  }

  long bitsWritten() {
    return bitsWritten;
  }

  long bits() {
    return bitsRead + bitsWritten;
  }

  long readErrors() {
    return readErrors;
  }

  long writeErrors() {
    return writeErrors;
  }

  long errors() {
    return readErrors + writeErrors;
  }

  /** Returns the share of bits that were wrong once, but not each time. */
  double errorRate() {
    return errors() / (double) Math.max(1, bits());
  }

  long failures() {
    return failures;
  }

  /** Returns what the store said at its first failure, or null. */
  String firstFailure() {
    return firstFailure;
  }

  /** Returns which transfer failed first, counted from 1. */
  long firstFailureAt() {
    return firstFailureAt;
  }

  boolean isDead() {
    return failsForGood;
  }

  /** Returns the byte that the silent device gives. */
  OptionalInt silent() {
    return silent < 0 ? OptionalInt.empty() : OptionalInt.of(silent);
  }

  /** Returns how many transfers there had been when the silence was noticed. */
  long silentFrom() {
    return silentFrom;
  }

  Optional<Mismatch> unexplained() {
    return Optional.ofNullable(unexplained);
  }

  Optional<String> notRefused() {
    return Optional.ofNullable(notRefused);
  }

  /** Returns how many bytes could not be put back; some may count more than once. */
  long notRestored() {
    return notRestored;
  }

  StuckBits stuckBits() {
    return stuckBits;
  }

  /** Returns the faults of data lines, to be added to. */
  List<LineFault> dataLines() {
    return dataLines;
  }

  /** Returns the faults of address lines, to be added to. */
  List<LineFault> addressLines() {
    return addressLines;
  }
}
