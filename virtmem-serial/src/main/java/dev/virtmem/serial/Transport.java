package dev.virtmem.serial;

import java.io.IOException;

/**
 * A line that is open: bytes in, bytes out, closed. A serial port, a TCP connection, or a simulated
 * line. Used by one thread, except that any thread may {@link #close()} it, which ends a read or
 * write that is under way; those of {@link Lines} may be read by one thread while another writes.
 */
public interface Transport extends AutoCloseable {

  /**
   * Waits for bytes and reads what there is.
   *
   * @param target receives the bytes
   * @param from index of the first
   * @param length the most bytes to read, at least 1
   * @param nanos how long to wait for the first byte, in ns, at least 0; an implementation may wait
   *     up to 0.1 s longer
   * @return the number of bytes read, 0 if none came in time, or -1 if the line is gone: hung up,
   *     unplugged or closed
   * @throws IOException if the device reports an error; the line is of no more use then
   */
  int read(byte[] target, int from, int length, long nanos) throws IOException;

  /**
   * Writes bytes, all of them, and waits until the line has taken them.
   *
   * @param source holds the bytes; not kept
   * @param from index of the first
   * @param length how many
   * @throws IOException if the line is gone
   */
  void write(byte[] source, int from, int length) throws IOException;

  /**
   * Sets how long a write may take. One that takes longer fails, after at most twice that time, and
   * the line is closed. A line whose writes always end need not implement this.
   *
   * @param nanos ns, at least 1; until it is set, a write waits as long as the other end does not
   *     read
   */
  default void writeTimeout(long nanos) {}

  /** Gives the line up. A second call does nothing. */
  @Override
  void close();
}
