package dev.virtmem;

/**
 * The bytes that an allocator keeps around its blocks were overwritten, mostly by a write behind
 * the end of a block or to a block that had been freed.
 */
public class CorruptPoolException extends IllegalStateException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param message names the address of the damage and what was expected there
   */
  public CorruptPoolException(String message) {
    super(message);
  }
}
