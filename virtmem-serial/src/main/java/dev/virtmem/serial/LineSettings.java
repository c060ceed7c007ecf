package dev.virtmem.serial;

import java.io.IOException;

/**
 * How a store uses its line.
 *
 * @param size of the pool in bytes, 1 to 4,294,967,295
 * @param protocol which one
 * @param baud bits per second, 10 for a byte
 * @param timeoutNanos how long nothing may be heard from the host before it is an error
 * @param reconnectNanos how long to try to open a line that was lost
 * @param retryNanos after how long an answer is late, beside the time that bytes take on the line
 * @param chunk the most bytes of data in a frame
 * @param window the most requests under way
 * @param ahead how far to read ahead of a stream, in bytes
 * @param transfer the most bytes in a transfer of the plain protocol
 */
record LineSettings(
    long size,
    Protocol protocol,
    int baud,
    long timeoutNanos,
    long reconnectNanos,
    long retryNanos,
    int chunk,
    int window,
    int ahead,
    int transfer) {

  /** Of a USB serial adapter: until an answer comes back, in ns, beside the time of the bytes. */
  static final long LATENCY_NANOS = 1_000_000;

  private static final double BITS_PER_BYTE = 10;

  /** More than any frame; longer writes are transfers of the plain protocol. */
  private static final int LONGEST_FRAME = 4096;

  /** Opens a line on which no write waits for ever. */
  Transport open(Connector connector) throws IOException {
    Transport transport = connector.connect();
    transport.writeTimeout(timeoutNanos / 2 + nanosFor(Math.max(LONGEST_FRAME, transfer)));
    return transport;
  }

  /** Returns how long bytes take on the line, in ns. */
  long nanosFor(long bytes) {
    return (long) (bytes * BITS_PER_BYTE * 1e9 / baud);
  }
}
