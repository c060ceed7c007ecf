package dev.virtmem.serial;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.function.ThrowingConsumer;

/** A host, and what a recorded device gets from it whose bytes come in pieces. */
final class ReplayedDevice implements HostListener {
  private static final long MILLI = 1_000_000;
  private static final int POOL = 65_536;

  /** The answers since the last reset. */
  final ByteArrayOutputStream answers = new ByteArrayOutputStream();

  /** What was printed since the last reset. */
  final ByteArrayOutputStream text = new ByteArrayOutputStream();

  /** Names sessions as the test vectors do. */
  final HostSession host;

  private final Iterator<Long> ids = List.of(0x0123456789ABCDEFL, 0xFEDCBA9876543210L).iterator();
  private final int piece;
  private long now = 5 * MILLI;

  private ReplayedDevice(int piece) {
    this.piece = piece;
    host = new HostSession(PoolLender.heap(POOL, POOL), this, ids::next);
  }

  /** Returns tests of the same exchange, cut in several ways. */
  static Stream<DynamicTest> tests(String name, ThrowingConsumer<ReplayedDevice> exchange) {
    return IntStream.of(Integer.MAX_VALUE, 1, 2, 7)
        .mapToObj(
            piece ->
                DynamicTest.dynamicTest(
                    piece == Integer.MAX_VALUE ? name : name + " (by " + piece + ")",
                    () -> exchange.accept(new ReplayedDevice(piece))));
  }

  @Override
  public void text(byte[] bytes, int from, int length) {
    text.write(bytes, from, length);
  }

  void send(byte[] bytes) throws IOException {
    for (int at = 0; at < bytes.length; ) {
      int count = Math.min(piece, bytes.length - at);
      host.receive(bytes, at, count, now, answers::write);
      at += count;
    }
  }

  void pause(long millis) {
    now += millis * MILLI;
  }
}
