package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import java.util.Arrays;

/** Writes to a store and reads back, and puts back what was there before, unless told otherwise. */
final class Probe {
  private final BackingStore store;
  private final boolean overwrite;

  Probe(BackingStore store, boolean overwrite) {
    this.store = store;
    this.overwrite = overwrite;
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
    byte[] saved = read(offset, length);
    RuntimeException failure = null;
    try {
      test.run();
    } catch (RuntimeException e) {
      failure = e;
    }
    try {
      write(offset, saved);
    } catch (StoreException e) {
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

  /** Writes bytes, and checks that they are read back. */
  void roundTrip(long offset, byte[] bytes) {
    write(offset, bytes);
    expect(offset, bytes);
  }

  /** Checks that a range holds some bytes. */
  void expect(long offset, byte[] bytes) {
    byte[] found = read(offset, bytes.length);
    int at = Arrays.mismatch(bytes, found);
    if (at >= 0) {
      throw new MismatchException(offset + at, bytes[at] & 0xFF, found[at] & 0xFF, "");
    }
  }

  byte[] read(long offset, int length) {
    var bytes = new byte[length];
    store.read(offset, bytes, 0, length);
    return bytes;
  }

  void write(long offset, byte[] bytes) {
    store.write(offset, bytes, 0, bytes.length);
  }
}
