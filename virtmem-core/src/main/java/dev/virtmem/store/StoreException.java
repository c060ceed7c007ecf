package dev.virtmem.store;

/**
 * A backing store failed: its device reported an error, gave no answer, or the store is closed.
 *
 * <p>Unchecked, since it may surface at any access to virtual memory. What was written to the
 * memory is not lost: pages stay dirty in their frames until a write-back succeeds.
 */
public class StoreException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception without a cause.
   *
   * @param message what failed, with offsets and lengths in bytes
   */
  public StoreException(String message) {
    super(message);
  }

  /**
   * Creates an exception for an error that the device's driver reported.
   *
   * @param message what failed, with offsets and lengths in bytes
   * @param cause the driver's error
   */
  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }
}
