package dev.virtmem.persist;

import dev.virtmem.store.StoreException;

/** A store cannot be opened as a pool: it holds none, or one that does not fit it. */
public class PoolFormatException extends StoreException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message what was found and what was wanted
   */
  public PoolFormatException(String message) {
    super(message);
  }
}
