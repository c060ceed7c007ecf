package dev.virtmem.cli;

/**
 * Why a device cannot be used.
 *
 * @param text what is wrong
 * @param help what to do, such as a command to type
 */
record Problem(String text, String help) {
  @Override
  public String toString() {
    return text + ": " + help;
  }
}
