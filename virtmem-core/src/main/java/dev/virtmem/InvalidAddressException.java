package dev.virtmem;

/** An access to null, to an address outside of its memory, or to a block that is not in use. */
public class InvalidAddressException extends IndexOutOfBoundsException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message names the address and what was allowed
   */
  public InvalidAddressException(String message) {
    super(message);
  }
}
