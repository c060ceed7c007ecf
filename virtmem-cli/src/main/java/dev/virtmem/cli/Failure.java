package dev.virtmem.cli;

/** A command cannot do what it was asked for; the message says why, and what helps. Exit code 1. */
final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Failure(String message, Throwable cause) {
    super(message, cause);
  }
}
