package dev.virtmem.cli;

/** A device does not answer any more: wherever one reads, all bits are the same. */
final class SilentException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates an exception.
   *
   * @param answer the byte that is always read, 00 or FF
   */
  SilentException(int answer) {
    super(Lines.format("wherever it is read, it gives %02X", answer));
  }
}
