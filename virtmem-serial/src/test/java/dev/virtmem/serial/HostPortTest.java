package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A host on lines that bring some bytes and are gone; the last one stays until it is closed. */
@Timeout(60)
class HostPortTest {
  private static final byte[] PONG = {-1, 0};

  private final Deque<byte[]> lines = new ArrayDeque<>();
  private final BlockingQueue<byte[]> answers = new LinkedBlockingQueue<>();

  private final class Line implements Transport {
    private final CountDownLatch closed = new CountDownLatch(1);
    private final byte[] input = lines.remove();
    private final boolean last = lines.isEmpty();
    private boolean read;

    @Override
    public int read(byte[] target, int from, int length, long nanos) throws IOException {
      if (!read) {
        read = true;
        System.arraycopy(input, 0, target, from, input.length);
        return input.length;
      }
      try {
        if (last) {
          closed.await();
        }
      } catch (InterruptedException e) {
        throw new IOException(e);
      }
      return -1;
    }

    @Override
    public void write(byte[] source, int from, int length) {
      answers.add(Arrays.copyOfRange(source, from, from + length));
    }

    @Override
    public void close() {
      closed.countDown();
    }
  }

  /** Else the first bytes of the next device would be taken for the rest of the write. */
  @Test
  void whatALostLineHasBegunIsForgotten() throws Exception {
    byte[] init = {-1, 0};
    byte[] halfOfAWrite = {-1, 0, -1, 1, 64, 0, 0, 0, -1, 3, 0, 0, 0, 0, 10, 0, 0, 0, 1, 2};
    lines.addAll(List.of(halfOfAWrite, init));
    var port = new HostPort(Line::new, PoolLender.heap(64, 64), new HostListener() {});
    try (port) {
      for (int i = 0; i < 2; i++) {
        assertArrayEquals(PONG, answers.poll(20, TimeUnit.SECONDS), "line " + i);
      }
    }
    assertEquals(0, answers.size());
  }
}
