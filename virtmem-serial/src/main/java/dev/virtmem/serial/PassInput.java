package dev.virtmem.serial;

import java.io.IOException;

/**
 * Input on its way from a port to a device. A line is handed over as a whole, since boards take a
 * part of one that they find for all of it; what has no line end goes after a pause, so that keys
 * and bytes that are no text arrive too. Used by one thread.
 */
final class PassInput {
  /** How long the rest of a line is waited for, in ns. */
  static final long PAUSE = 50_000_000;

  /** How long to wait for a line to begin, in ns; another thread's close ends it at once. */
  private static final long WAIT = 1_000_000_000;

  private static final int CAPACITY = 4096;

  private final byte[] bytes = new byte[CAPACITY];
  private int length;

  /** How many of the bytes are to be handed over. */
  private int ready;

  /**
   * Reads more, after all was handed over that was ready.
   *
   * @return false if the line is gone
   */
  boolean read(Transport line) throws IOException {
    int count = line.read(bytes, length, CAPACITY - length, length == 0 ? WAIT : PAUSE);
    length += Math.max(0, count);
    ready = length;
    if (count > 0 && length < CAPACITY) {
      while (ready > 0 && bytes[ready - 1] != '\n') {
        ready--;
      }
    }
    return count >= 0;
  }

  /** Hands over what is ready, and returns false if the device has no room for all of it. */
  boolean handOver(HostSession device) {
    int taken = device.type(bytes, 0, ready);
    System.arraycopy(bytes, taken, bytes, 0, length - taken);
    length -= taken;
    ready -= taken;
    return ready == 0;
  }
}
