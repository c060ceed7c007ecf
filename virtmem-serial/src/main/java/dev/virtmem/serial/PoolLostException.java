package dev.virtmem.serial;

import java.io.IOException;

/** The host no longer has what was written to it, so that to go on would be to make things up. */
final class PoolLostException extends IOException {
  private static final long serialVersionUID = 1L;

  PoolLostException(String message) {
    super(message);
  }
}
