package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A limit of 20 ms for writes that end at once, that fail, and that only end when it closes. */
@Timeout(30)
class WriteLimitTest {
  private final CountDownLatch closed = new CountDownLatch(1);
  private final WriteLimit limit = new WriteLimit(closed::countDown);

  private void stuck() throws IOException {
    try {
      closed.await();
    } catch (InterruptedException e) {
      throw new AssertionError("nobody closes the line", e);
    }
    throw new IOException("closed");
  }

  private void expectClosed() {
    var e = assertThrows(IOException.class, () -> limit.run(this::stuck));
    assertEquals("the other end has taken nothing for 20 ms or more", e.getMessage());
  }

  @Test
  void aWriteThatTakesTooLongIsEnded() {
    limit.set(20_000_000);
    expectClosed();
  }

  @Test
  void itIsEndedAfterMoreWritesThanTheLimitIsLong() throws IOException {
    limit.set(20_000_000);
    for (long end = System.nanoTime() + 100_000_000; System.nanoTime() < end; ) {
      limit.run(() -> {});
    }
    expectClosed();
  }

  /** Nobody looks at an idle line, until there is the next write. */
  @Test
  void itIsEndedAfterAPauseLongerThanTheLimit() throws IOException {
    limit.set(20_000_000);
    for (int i = 0; i < 3; i++) {
      limit.run(() -> {});
      var later = CompletableFuture.delayedExecutor(60, TimeUnit.MILLISECONDS);
      CompletableFuture.runAsync(() -> {}, later).join();
    }
    expectClosed();
  }

  @Test
  void whatFailsByItselfSaysWhy() {
    limit.set(60_000_000_000L);
    var cause = new IOException("unplugged");
    WriteLimit.Write failing =
        () -> {
          throw cause;
        };
    assertSame(cause, assertThrows(IOException.class, () -> limit.run(failing)));
    assertTrue(closed.getCount() > 0);
  }
}
