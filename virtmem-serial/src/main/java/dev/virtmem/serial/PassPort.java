package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * A second port that stands for the console of a device: what the device prints is sent there, and
 * what comes from there is the device's console input. A port that vanishes is waited for and
 * opened again. {@link #close()} ends it.
 *
 * <p>The device never waits for it. The last {@value #TEXT_CAPACITY} bytes of text are kept for a
 * port that is gone, slow, or read by nobody; older ones are dropped, counted and told as {@link
 * Kind#DROPPED}. Input is not dropped: a device that does not fetch it makes the port wait.
 *
 * <p>A line of input is handed over as a whole; what has no line end follows after 50 ms.
 */
public final class PassPort implements AutoCloseable {
  /** How much text is kept, in bytes. */
  public static final int TEXT_CAPACITY = 64 << 10;

  private static final long RETRY_MILLIS = 200;
  private static final int CHUNK = 1024;

  private final Connector connector;
  private final HostListener listener;
  private final PassText text;
  private final CountDownLatch closed = new CountDownLatch(1);
  private final ExecutorService threads;

  /** Guarded by this; null while the line is lost. */
  private Transport transport;

  private boolean started;

  /**
   * Creates a port that is not opened yet, and takes text.
   *
   * @param connector opens it, again and again; what it opens is written by one thread while
   *     another reads, which those of {@link Lines} allow
   * @param listener hears events, of several threads; it must not wait long
   */
  public PassPort(Connector connector, HostListener listener) {
    this.connector = Objects.requireNonNull(connector, "connector");
    this.listener = Objects.requireNonNull(listener, "listener");
    text = new PassText(TEXT_CAPACITY, listener);
    var builder = Thread.ofPlatform().daemon().name("virtmem pass " + connector + " ", 1);
    threads = Executors.newFixedThreadPool(2, builder.factory());
  }

  /**
   * Opens the port, now or as soon as it is there.
   *
   * @param device to type for
   * @throws IllegalStateException if it was started before
   * @throws java.util.concurrent.RejectedExecutionException if it was closed
   */
  public synchronized void start(HostSession device) {
    Objects.requireNonNull(device, "device");
    if (started) {
      throw new IllegalStateException(connector + " was started before");
    }
    started = true;
    threads.execute(() -> serve(device));
    threads.execute(this::sendText);
  }

  /**
   * Sends text, later, and returns at once. May be called by any thread.
   *
   * @param bytes holds it; not kept
   * @param from index of the first byte
   * @param length how many
   */
  public void print(byte[] bytes, int from, int length) {
    Objects.checkFromIndexSize(from, length, bytes.length);
    text.add(bytes, from, length);
  }

  /**
   * Tells whether the port is open.
   *
   * @return false while it is waited for, before the start and after the end
   */
  public synchronized boolean isConnected() {
    return transport != null;
  }

  /**
   * Returns how much text was dropped so far, because nobody took it or the port vanished.
   *
   * @return bytes
   */
  public long dropped() {
    return text.dropped();
  }

  private void serve(HostSession device) {
    var input = new PassInput();
    boolean told = false;
    while (!isClosed()) {
      try {
        Transport line = connector.connect();
        try {
          adopt(line);
          told = false;
          tellUnlessClosed(Kind.CONNECTED, "the line is open");
          pump(line, input, device);
        } finally {
          disconnect(line);
        }
        tellUnlessClosed(Kind.DISCONNECTED, "the line is gone, waiting for it");
      } catch (IOException e) {
        if (!told) {
          tellUnlessClosed(Kind.DISCONNECTED, "the line is waited for: " + e.getMessage());
          told = true;
        }
      }
      awaitRetry();
    }
  }

  private void tellUnlessClosed(Kind kind, String what) {
    if (!isClosed()) {
      listener.event(new HostEvent(kind, what));
    }
  }

  private void pump(Transport line, PassInput input, HostSession device) throws IOException {
    do {
      while (!input.handOver(device)) {
        awaitRetry();
        if (isClosed() || !isCurrent(line)) {
          return;
        }
      }
    } while (!isClosed() && input.read(line));
    input.handOver(device);
  }

  private void sendText() {
    var chunk = new byte[CHUNK];
    for (int count = text.take(chunk); count > 0; count = text.take(chunk)) {
      Transport line = awaitLine();
      if (line == null) {
        text.lost(count);
      } else {
        send(line, chunk, count);
      }
    }
  }

  private void send(Transport line, byte[] chunk, int count) {
    try {
      line.write(chunk, 0, count);
      text.arrived();
    } catch (IOException e) {
      text.lost(count);
      // Who reads finds it closed, tells, and opens it again.
      disconnect(line);
    }
  }

  private synchronized void adopt(Transport line) {
    transport = line;
    notifyAll();
  }

  /** Returns the line as soon as it is open; null at the end. */
  private synchronized Transport awaitLine() {
    try {
      while (!isClosed() && transport == null) {
        wait();
      }
    } catch (InterruptedException e) {
      closed.countDown();
    }
    return transport;
  }

  private synchronized boolean isCurrent(Transport line) {
    return transport == line;
  }

  /** Gives a line up; a second time does nothing. */
  private void disconnect(Transport line) {
    synchronized (this) {
      if (transport == line) {
        transport = null;
      }
    }
    line.close();
  }

  private boolean isClosed() {
    return closed.getCount() == 0;
  }

  private void awaitRetry() {
    try {
      closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      closed.countDown();
    }
  }

  /** Ends the threads and gives the line back. Text that was not taken yet is dropped. */
  @Override
  public void close() {
    closed.countDown();
    text.end();
    Transport line;
    synchronized (this) {
      line = transport;
      notifyAll();
    }
    if (line != null) {
      disconnect(line);
    }
    threads.close();
    text.close();
  }
}
