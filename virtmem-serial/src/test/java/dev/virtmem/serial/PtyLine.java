package dev.virtmem.serial;

import java.io.IOException;

/**
 * A line to a {@link PtyHost} with a clock that goes on only while the store waits for what will
 * never come. So no answer is late on a machine that is slow or stands still, and none that is
 * missing has to be waited for. A terminal is used once: a port that is closed throws away what is
 * on its way. Used by one thread.
 */
final class PtyLine implements Connector {
  /** How long to wait before the host is looked at again; no test depends on it. */
  private static final long STEP = 100_000_000;

  /** What any terminal has room for, in bytes. */
  private static final int ROOM = 4000;

  private final Connector port;
  private final PtyHost host;
  private long now;

  PtyLine(Connector port, PtyHost host) {
    this.port = port;
    this.host = host;
  }

  @Override
  public long nanoTime() {
    return now;
  }

  @Override
  public void pause(long nanos) {
    now += nanos;
  }

  @Override
  public Transport connect() throws IOException {
    PtyHost.Traffic traffic = host.traffic();
    Transport real = port.connect();
    return new Transport() {
      private long got;
      private long writeTimeout;

      @Override
      public int read(byte[] target, int from, int length, long nanos) throws IOException {
        int count = real.read(target, from, length, Math.min(nanos, STEP));
        while (count == 0 && nanos > 0 && !isQuiet()) {
          count = real.read(target, from, length, STEP);
        }
        if (count == 0) {
          now += nanos;
        }
        got += Math.max(0, count);
        return count;
      }

      private boolean isQuiet() {
        // In this order: an answer is counted before what it answers.
        return host.isSilent() || traffic.underWay() == 0 && got == traffic.given();
      }

      @Override
      public void write(byte[] source, int from, int length) throws IOException {
        awaitRoom(traffic, length);
        traffic.sends(length);
        if (host.isSilent()) {
          // Until then there is room, so that a write ends by itself.
          real.writeTimeout(writeTimeout);
        }
        real.write(source, from, length);
      }

      @Override
      public void writeTimeout(long nanos) {
        writeTimeout = nanos;
      }

      @Override
      public void close() {
        real.close();
      }
    };
  }

  /** Waits until a terminal has room for so many bytes, if its host goes on to read. */
  private void awaitRoom(PtyHost.Traffic traffic, int bytes) {
    while (traffic.underWay() > Math.max(0, ROOM - bytes) && host.reads(traffic)) {
      Thread.yield();
    }
  }
}
