package dev.virtmem.persist;

import dev.virtmem.store.StoreException;

/**
 * The changes since the last commit need more places than a pool has to spare. They cannot be
 * committed any more; opened again, the pool is as of its last commit.
 */
public class CommitTooLargeException extends StoreException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message how many pages were changed and how many are spare
   */
  public CommitTooLargeException(String message) {
    super(message);
  }
}
