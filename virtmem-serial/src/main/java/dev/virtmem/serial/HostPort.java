package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.function.LongSupplier;

/**
 * Serves one line in a thread of its own: opens it, feeds a {@link HostSession}, and when the line
 * is lost waits until it can be opened again. {@link #close()} ends it.
 */
public final class HostPort implements AutoCloseable {
  private static final long RETRY_MILLIS = 200;

  /** How long a read waits; another thread's close ends it at once. */
  private static final long WAIT = 1_000_000_000;

  private static final int CHUNK = 4096;

  private final Connector connector;
  private final HostListener listener;
  private final HostSession session;
  private final Thread thread;

  /** Guarded by this; null while the line is lost. */
  private Transport transport;

  private boolean closed;

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
    this.connector = Objects.requireNonNull(connector, "connector");
    this.listener = listener;
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
  public synchronized boolean isConnected() {
    return transport != null;
  }

  private void serve() {
    boolean told = false;
    try {
      while (!isClosed()) {
        try {
          connect();
          told = false;
          listener.event(new HostEvent(Kind.CONNECTED, "the line is open"));
          tellUnlessClosed(pump());
        } catch (IOException e) {
          if (!told) {
            tellUnlessClosed("the line is waited for: " + e.getMessage());
            told = true;
          }
        }
        disconnect();
        awaitRetry();
      }
    } finally {
      disconnect();
      session.close();
    }
  }

  private void tellUnlessClosed(String what) {
    if (!isClosed()) {
      listener.event(new HostEvent(Kind.DISCONNECTED, what));
    }
  }

  private void connect() throws IOException {
    Transport opened = connector.connect();
    synchronized (this) {
      transport = opened;
      if (closed) {
        throw new IOException("closed");
      }
    }
  }

  /** Serves until the line is lost, and returns what there is to say about that. */
  private String pump() {
    String end = "the line is gone, waiting for it";
    Transport line;
    synchronized (this) {
      line = transport;
    }
    var bytes = new byte[CHUNK];
    try {
      for (int count = 0; line != null && count >= 0; ) {
        count = line.read(bytes, 0, bytes.length, WAIT);
        if (count > 0) {
          session.receive(bytes, 0, count, connector.nanoTime(), line::write);
        }
      }
    } catch (IOException e) {
      end = "the line failed, waiting for it: " + e.getMessage();
    }
    session.lineLost();
    return end;
  }

  private void disconnect() {
    Transport line;
    synchronized (this) {
      line = transport;
      transport = null;
    }
    if (line != null) {
      line.close();
    }
  }

  private synchronized boolean isClosed() {
    return closed;
  }

  private synchronized void awaitRetry() {
    try {
      if (!closed) {
        wait(RETRY_MILLIS);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Ends the thread and gives line and pool back. */
  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    disconnect();
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
