package dev.virtmem;

/** The RAM budget cannot hold what is asked for, since locks hold it; the message says which. */
public class LockUnavailableException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message names the address that was asked for and the locks that hold the frames
   */
  public LockUnavailableException(String message) {
    super(message);
  }
}
