package dev.virtmem.cli;

/** A store did not give back what was written to it. */
final class MismatchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long offset;
  private final int expected;
  private final int found;

  /**
   * Creates an exception.
   *
   * @param offset of the first byte that differs
   * @param expected what was written, 0 to 255
   * @param found what was read, 0 to 255
   * @param hint what that may mean, or an empty string
   */
  MismatchException(long offset, int expected, int found, String hint) {
    super(
        Lines.format(
            "at offset %,d (hex %X) %02X was written and %02X read%s",
            offset, offset, expected, found, hint.isEmpty() ? "" : ": " + hint));
    this.offset = offset;
    this.expected = expected;
    this.found = found;
  }

  long offset() {
    return offset;
  }

  int expected() {
    return expected;
  }

  int found() {
    return found;
  }
}
