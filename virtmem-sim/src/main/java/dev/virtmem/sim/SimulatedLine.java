package dev.virtmem.sim;

import dev.virtmem.serial.Connector;
import dev.virtmem.serial.Transport;
import java.io.IOException;
import java.util.Objects;
import java.util.Random;

/**
 * A model of a serial line on a virtual clock: rate, latency, USB frames, buffers, faults and cuts.
 * The near end is a {@link Transport}; what waits there lets the far end work, in the same thread.
 *
 * <p>Bytes take 10 bits each and travel in packets of up to 64 bytes. A write waits while {@value
 * #SEND_BUFFER} bytes are to be sent; at the near end, {@value #RECEIVE_BUFFER} bytes wait to be
 * read, and more are lost. The program itself takes no time. Not safe for use by several threads.
 */
public final class SimulatedLine implements Connector {
  /** Of a Linux terminal, in bytes. */
  public static final int SEND_BUFFER = 4096;

  /** Of a Linux pseudo-terminal, in bytes; other terminals have more. */
  public static final int RECEIVE_BUFFER = 12_288;

  private final LineEnd far;
  private final LineFaults faults;
  private final VirtualClock clock = new VirtualClock(0);
  private final LinePipe toFar;
  private final LinePipe toNear;
  private final Random random;
  private final byte[] inbox = new byte[RECEIVE_BUFFER];
  private int waiting;
  private long overruns;
  private long cuts;
  private long nextCut;
  private long upAt;

  /** The near end while the line is whole and open; null otherwise. */
  private Near near;

  /**
   * Creates a line that nobody has opened.
   *
   * @param far the far end
   * @param baud bits per second, at least 1
   * @param latencyNanos how long a byte takes in addition, each way, in ns, at least 0
   * @param usbFrameNanos bytes arrive at multiples of so many ns, as they do through a USB adapter;
   *     0 for none
   * @param faults what goes wrong
   * @throws IllegalArgumentException if a number is out of range
   */
  public SimulatedLine(
      LineEnd far, int baud, long latencyNanos, long usbFrameNanos, LineFaults faults) {
    if (baud < 1 || latencyNanos < 0 || usbFrameNanos < 0) {
      throw new IllegalArgumentException(
          "a line needs a rate above 0 and times from 0, got %d baud, %d ns, %d ns"
              .formatted(baud, latencyNanos, usbFrameNanos));
    }
    this.far = Objects.requireNonNull(far, "far");
    this.faults = faults;
    random = new Random(faults.seed());
    toFar = new LinePipe(baud, latencyNanos, usbFrameNanos, faults, random.nextLong());
    toNear = new LinePipe(baud, latencyNanos, usbFrameNanos, faults, random.nextLong());
    drawCut();
  }

  /**
   * Returns the clock of the line.
   *
   * @return the clock, which runs while something waits
   */
  public VirtualClock clock() {
    return clock;
  }

  /**
   * Returns how often the line was cut so far.
   *
   * @return a count
   */
  public long cuts() {
    return cuts;
  }

  /**
   * Returns how many bytes were lost because nobody fetched them.
   *
   * @return a count
   */
  public long overruns() {
    return overruns;
  }

  /** Cuts the line now. */
  public void cut() {
    cuts++;
    upAt = nanoTime() + faults.downNanos();
    toFar.cut();
    toNear.cut();
    waiting = 0;
    near = null;
    drawCut();
    far.lineLost();
  }

  @Override
  public Transport connect() throws IOException {
    if (nanoTime() < upAt) {
      throw new IOException(this + " is cut");
    }
    if (near != null) {
      throw new IOException(this + " is open already");
    }
    waiting = 0;
    near = new Near();
    return near;
  }

  @Override
  public long nanoTime() {
    return (long) clock.nanos();
  }

  @Override
  public void pause(long nanos) {
    try {
      runUntil(nanoTime() + nanos, false);
    } catch (IOException e) {
      throw new IllegalStateException("the far end failed", e);
    }
  }

  @Override
  public String toString() {
    return "simulated line";
  }

  private void drawCut() {
    nextCut =
        faults.cutNanos() == 0
            ? Long.MAX_VALUE
            : Math.max(upAt, nanoTime()) + (long) (faults.cutNanos() * (0.5 + random.nextDouble()));
  }

  private void moveTo(long nanos) {
    clock.pause(Math.max(0, nanos - nanoTime()));
  }

  /** Lets time pass, up to a moment, or until something has come to the near end or cut it off. */
  private void runUntil(long until, boolean stopAtBytes) throws IOException {
    long cutsBefore = cuts;
    while (!(stopAtBytes && (waiting > 0 || cuts > cutsBefore))) {
      long event = Math.min(nextCut, Math.min(toFar.nextArrival(), toNear.nextArrival()));
      if (event > until) {
        moveTo(until);
        return;
      }
      moveTo(event);
      if (event == nextCut) {
        cut();
      } else if (event == toNear.nextArrival()) {
        arrive(toNear.take());
      } else {
        byte[] bytes = toFar.take();
        far.receive(bytes, 0, bytes.length, nanoTime(), this::answer);
      }
    }
  }

  private void answer(byte[] source, int from, int length) {
    toNear.send(source, from, length, nanoTime());
  }

  private void arrive(byte[] bytes) {
    int count = near == null ? 0 : Math.min(bytes.length, RECEIVE_BUFFER - waiting);
    System.arraycopy(bytes, 0, inbox, waiting, count);
    waiting += count;
    overruns += bytes.length - count;
  }

  private final class Near implements Transport {
    @Override
    public int read(byte[] target, int from, int length, long nanos) throws IOException {
      Objects.checkFromIndexSize(from, length, target.length);
      if (near == this) {
        long now = nanoTime();
        runUntil(nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE - 1 : now + nanos, true);
      }
      if (near != this) {
        return -1;
      }
      int count = Math.min(length, waiting);
      System.arraycopy(inbox, 0, target, from, count);
      waiting -= count;
      System.arraycopy(inbox, count, inbox, 0, waiting);
      return count;
    }

    @Override
    public void write(byte[] source, int from, int length) throws IOException {
      for (int done = 0; done < length; ) {
        if (near != this) {
          throw new IOException("the line is gone");
        }
        int part = Math.min(SEND_BUFFER, length - done);
        toFar.send(source, from + done, part, nanoTime());
        done += part;
        long taken = toFar.freeAt() - (long) (SEND_BUFFER * toFar.byteNanos());
        if (taken > nanoTime()) {
          runUntil(taken, false);
        }
      }
    }

    @Override
    public void close() {
      if (near == this) {
        near = null;
        waiting = 0;
      }
    }
  }
}
