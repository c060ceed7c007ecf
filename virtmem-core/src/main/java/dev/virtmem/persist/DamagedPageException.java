package dev.virtmem.persist;

import dev.virtmem.store.StoreException;

/**
 * A page of a pool is not as it was written: its checksum is wrong. Other pages are not affected.
 */
public class DamagedPageException extends StoreException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message names the page and where it lies
   */
  public DamagedPageException(String message) {
    super(message);
  }
}
