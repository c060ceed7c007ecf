package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import java.io.IOException;
import java.util.Objects;

/**
 * A line that is opened, used, and when it is lost waited for and opened again, until {@link
 * #close()}. One thread {@linkplain #serve serves} it; others may use what it has opened.
 */
final class KeptLine {
  private static final long RETRY_MILLIS = 200;

  private final Connector connector;
  private final HostListener listener;

  /** Guarded by this, as all else; null while the line is lost. */
  private Transport transport;

  private boolean closed;

  KeptLine(Connector connector, HostListener listener) {
    this.connector = Objects.requireNonNull(connector, "connector");
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  /** What is done with a line until it is lost. */
  interface Use {
    void with(Transport line) throws IOException;
  }

  /** Opens the line again and again until the end. */
  void serve(Use use) {
    boolean told = false;
    while (!isClosed()) {
      try {
        Transport line = connector.connect();
        told = false;
        use(line, use);
      } catch (IOException e) {
        if (!told) {
          tell(Kind.DISCONNECTED, "the line is waited for: " + e.getMessage());
          told = true;
        }
      }
      pause();
    }
  }

  private void use(Transport line, Use use) {
    String end = "the line is gone, waiting for it";
    try {
      adopt(line);
      tell(Kind.CONNECTED, "the line is open");
      use.with(line);
    } catch (IOException e) {
      end = "the line failed, waiting for it: " + e.getMessage();
    } finally {
      giveUp(line);
    }
    tell(Kind.DISCONNECTED, end);
  }

  /** At the end a line is lost for everybody, so nobody is told. */
  private void tell(Kind kind, String what) {
    if (!isClosed()) {
      listener.event(new HostEvent(kind, what));
    }
  }

  private synchronized void adopt(Transport line) throws IOException {
    if (closed) {
      throw new IOException("closed");
    }
    transport = line;
    notifyAll();
  }

  /** Closes a line and waits for it to be opened again; a second time does nothing. */
  void giveUp(Transport line) {
    synchronized (this) {
      if (transport == line) {
        transport = null;
      }
    }
    line.close();
  }

  synchronized boolean isOpen() {
    return transport != null;
  }

  synchronized boolean isClosed() {
    return closed;
  }

  /** Is this the line that is open? */
  synchronized boolean is(Transport line) {
    return transport == line;
  }

  /** Returns the line as soon as it is open; null at the end. */
  synchronized Transport await() {
    try {
      while (!closed && transport == null) {
        wait();
      }
    } catch (InterruptedException e) {
      closed = true;
    }
    return transport;
  }

  /** Waits a little, unless this is the end. */
  synchronized void pause() {
    try {
      if (!closed) {
        wait(RETRY_MILLIS);
      }
    } catch (InterruptedException e) {
      closed = true;
    }
  }

  /** Ends it; whoever reads or writes finds the line gone. */
  void close() {
    Transport line;
    synchronized (this) {
      closed = true;
      line = transport;
      notifyAll();
    }
    if (line != null) {
      giveUp(line);
    }
  }
}
