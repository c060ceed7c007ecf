package dev.virtmem.cli;

/**
 * A byte that a store did not give back as it was written.
 *
 * @param offset where it is
 * @param expected what was written, 0 to 255
 * @param found what was read, 0 to 255
 */
record Mismatch(long offset, int expected, int found) {

  @Override
  public String toString() {
    return Lines.format(
        "at offset %,d (hex %X) %02X was written and %02X read", offset, offset, expected, found);
  }
}
