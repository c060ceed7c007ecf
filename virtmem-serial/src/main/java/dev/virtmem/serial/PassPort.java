package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

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

  private static final int CHUNK = 1024;

  private final Connector connector;
  private final KeptLine line;
  private final PassText text;
  private final ExecutorService threads;
  private boolean started;

  /**
   * Creates a port that is not opened yet, and takes text.
   *
   * @param connector opens it, again and again; what it opens is written by one thread while
   *     another reads, which those of {@link Lines} allow
   * @param listener hears events, of several threads; it must not wait long
   */
  public PassPort(Connector connector, HostListener listener) {
    this.connector = connector;
    line = new KeptLine(connector, listener);
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
  public boolean isConnected() {
    return line.isOpen();
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
    line.serve(opened -> pump(opened, input, device));
  }

  private void pump(Transport opened, PassInput input, HostSession device) throws IOException {
    do {
      while (!input.handOver(device)) {
        line.pause();
        if (!line.is(opened)) {
          return;
        }
      }
    } while (!line.isClosed() && input.read(opened));
    input.handOver(device);
  }

  private void sendText() {
    var chunk = new byte[CHUNK];
    for (int count = text.take(chunk); count > 0; count = text.take(chunk)) {
      Transport opened = line.await();
      if (opened == null) {
        text.lost(count);
      } else {
        send(opened, chunk, count);
      }
    }
  }

  private void send(Transport opened, byte[] chunk, int count) {
    try {
      opened.write(chunk, 0, count);
      text.arrived();
    } catch (IOException e) {
      text.lost(count);
      // Who reads finds it closed, tells, and opens it again.
      line.giveUp(opened);
    }
  }

  /** Ends the threads and gives the line back. Text that was not taken yet is dropped. */
  @Override
  public void close() {
    text.end();
    line.close();
    threads.close();
    text.close();
  }
}
