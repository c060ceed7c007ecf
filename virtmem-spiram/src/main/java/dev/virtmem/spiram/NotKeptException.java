package dev.virtmem.spiram;

import dev.virtmem.store.StoreException;

/** Bytes that were written for a test read as something else. */
final class NotKeptException extends StoreException {
  private static final long serialVersionUID = 1L;

  private final int seen;

  /**
   * Says what was read.
   *
   * @param seen one byte of it
   */
  NotKeptException(String message, int seen) {
    super(message);
    this.seen = seen;
  }

  /** Returns one byte of what was read, 0 to 255. */
  int seen() {
    return seen;
  }
}
