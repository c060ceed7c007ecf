package dev.virtmem.serial;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.function.LongSupplier;

/**
 * Serves one line in a thread of its own: opens it, feeds a {@link HostSession}, and when the line
 * is lost waits until it can be opened again. {@link #close()} ends it.
 */
public final class HostPort implements AutoCloseable {
  /** How long a read waits; another thread's close ends it at once. */
  private static final long WAIT = 1_000_000_000;

  private static final int CHUNK = 4096;

  private final Connector connector;
  private final KeptLine line;
  private final HostSession session;
  private final Thread thread;

  /**
   * Starts to serve a line.
   *
   * @param connector opens it, again and again
   * @param lender where pools come from
   * @param listener hears text and events, called by the thread of this line
   */
  public HostPort(Connector connector, PoolLender lender, HostListener listener) {
    this(connector, lender, listener, new SecureRandom()::nextLong);
  }

  /** Serves a line with sessions that are named in a known way. */
  HostPort(Connector connector, PoolLender lender, HostListener listener, LongSupplier sessionIds) {
    this.connector = connector;
    line = new KeptLine(connector, listener);
    session = new HostSession(lender, listener, sessionIds);
    thread = Thread.ofPlatform().name("virtmem " + connector).daemon().start(this::serve);
  }

  /**
   * Returns the state machine of this line, to type for the device and for its statistics.
   *
   * @return the session
   */
  public HostSession session() {
    return session;
  }

  /**
   * Tells whether the line is open.
   *
   * @return false while it is waited for, and after the end
   */
  public boolean isConnected() {
    return line.isOpen();
  }

  private void serve() {
    try {
      line.serve(this::pump);
    } finally {
      session.close();
    }
  }

  private void pump(Transport opened) throws IOException {
    var bytes = new byte[CHUNK];
    try {
      for (int count = 0; count >= 0; ) {
        count = opened.read(bytes, 0, bytes.length, WAIT);
        if (count > 0) {
          session.receive(bytes, 0, count, connector.nanoTime(), opened::write);
        }
      }
    } finally {
      session.lineLost();
    }
  }

  /** Ends the thread and gives line and pool back. */
  @Override
  public void close() {
    line.close();
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
