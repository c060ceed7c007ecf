package dev.virtmem.serial;

import java.io.IOException;
import java.util.concurrent.locks.LockSupport;

/**
 * Opens a line, and opens it again after it was lost. Its {@code toString} names the line. It also
 * has the clock by which time-outs are measured, which a simulated line replaces.
 */
@FunctionalInterface
public interface Connector {

  /**
   * Opens the line.
   *
   * @return an open line, owned by the caller
   * @throws IOException if there is nothing to open, now; it may help to try again later
   */
  Transport connect() throws IOException;

  /**
   * Returns the time.
   *
   * @return ns from an arbitrary origin that never changes; virtual for a simulated line
   */
  default long nanoTime() {
    return System.nanoTime();
  }

  /**
   * Waits before {@link #connect()} is tried again.
   *
   * @param nanos how long, in ns; it may be shorter if the thread is interrupted
   */
  default void pause(long nanos) {
    LockSupport.parkNanos(nanos);
  }
}
