package dev.virtmem.serial;

import java.io.IOException;

/** Takes the bytes that a state machine wants to send. */
@FunctionalInterface
public interface ByteSink {

  /**
   * Sends bytes, all of them.
   *
   * @param source holds the bytes; not kept
   * @param from index of the first
   * @param length how many
   * @throws IOException if the line is gone
   */
  void write(byte[] source, int from, int length) throws IOException;
}
