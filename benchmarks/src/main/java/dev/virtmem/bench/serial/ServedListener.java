package dev.virtmem.bench.serial;

import dev.virtmem.serial.HostEvent;
import dev.virtmem.serial.HostListener;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** Waits for a port to be open, and counts what should not happen on it. */
final class ServedListener implements HostListener {
  private static final int PATIENCE_SECONDS = 10;

  private final CountDownLatch connected = new CountDownLatch(1);
  private final LongAdder complaints = new LongAdder();

  @Override
  public void text(byte[] bytes, int from, int length) {
    complaints.increment();
  }

  @Override
  public void event(HostEvent event) {
    switch (event.kind()) {
      case CONNECTED -> connected.countDown();
      case POOL -> {}
      default -> complaints.increment();
    }
  }

  /** Until a port is open, it sends back what the other end sends, as a console does. */
  void awaitConnected() throws IOException {
    try {
      if (!connected.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the host does not open its port");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** Returns how often a device sent what no device sends, was refused, or was lost. */
  long complaints() {
    return complaints.sum();
  }
}
