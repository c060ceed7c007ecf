package dev.virtmem.cache;

/** Consistency checks: a failure is a bug of this library, not of its user. */
final class Checks {
  private Checks() {}

  static void that(boolean condition, String message, Object... arguments) {
    if (!condition) {
      throw new AssertionError(String.format(message, arguments));
    }
  }
}
