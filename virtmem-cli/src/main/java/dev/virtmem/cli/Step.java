package dev.virtmem.cli;

import java.util.Optional;

/**
 * A part of the self-test.
 *
 * @param name what was tested
 * @param detail how much of it
 * @param failure what went wrong first, or nothing
 * @param mismatch the byte that was wrong first, if that is what went wrong
 */
record Step(String name, String detail, Optional<String> failure, Optional<Mismatch> mismatch) {

  /** Returns a step that ended by an exception. */
  static Step failed(String name, String detail, RuntimeException failure) {
    return new Step(
        name, detail, Optional.of(Lines.withoutBytes(failure.getMessage())), Optional.empty());
  }

  boolean passed() {
    return failure.isEmpty();
  }
}
