package dev.virtmem.serial;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Closes a line on which a write takes too long, which ends the write: neither serial ports nor
 * sockets have a time-out for that. Looks after each time allowed, while there are writes; so it
 * costs a write next to nothing, and nothing when the line is idle.
 */
final class WriteLimit {
  private final Runnable close;
  private final AtomicBoolean watching = new AtomicBoolean();

  /** In ns; 0 for no limit. */
  private volatile long limit;

  /** Odd while there is a write; only the writer changes it. */
  private volatile long steps;

  private volatile boolean exceeded;

  /** Creates a limit that is not set; {@code close} may be called by another thread. */
  WriteLimit(Runnable close) {
    this.close = close;
  }

  void set(long nanos) {
    limit = nanos;
  }

  /** A write. */
  interface Write {
    void run() throws IOException;
  }

  void run(Write write) throws IOException {
    if (limit == 0) {
      write.run();
      return;
    }
    step();
    watch();
    try {
      write.run();
    } catch (IOException e) {
      throw exceeded
          ? new IOException(
              "the other end has taken nothing for " + limit / 1_000_000 + " ms or more", e)
          : e;
    } finally {
      step();
    }
  }

  private void step() {
    steps = steps + 1;
  }

  private void watch() {
    if (watching.compareAndSet(false, true)) {
      later(steps);
    }
  }

  private void later(long seen) {
    CompletableFuture.delayedExecutor(limit, TimeUnit.NANOSECONDS).execute(() -> look(seen));
  }

  private void look(long seen) {
    long now = steps;
    if (now != seen) {
      later(now);
    } else if (isWriting(now)) {
      exceeded = true;
      close.run();
    } else {
      watching.set(false);
      if (isWriting(steps)) {
        watch();
      }
    }
  }

  private static boolean isWriting(long step) {
    return step % 2 != 0;
  }
}
