package dev.virtmem.serial;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Opens or resumes a session of the checked protocol on a line whose host waits for frames. */
final class Joining {
  private final Connector clock;
  private final Transport transport;
  private final LineSettings settings;
  private final FrameWriter writer = new FrameWriter(16);
  private final FrameReader reader = new FrameReader(FrameType.HOST_DATA + 8);
  private final byte[] frame = new byte[64];
  private final byte[] input = new byte[256];

  Joining(Connector clock, Transport transport, LineSettings settings) {
    this.clock = clock;
    this.transport = transport;
    this.settings = settings;
  }

  /**
   * Asks for a new pool.
   *
   * @return the session
   * @throws IOException if the host refuses, or does not answer until the deadline
   */
  long open(long nonce, long deadline) throws IOException {
    writer.start(FrameType.OPEN, 0).u32(nonce).u32(settings.size());
    exchange(FrameType.OPEN, deadline);
    if (reader.u32(0) != (nonce & 0xFFFF_FFFFL)) {
      throw new IOException("the host has opened a session that nobody asked for");
    }
    return reader.u64(4);
  }

  /**
   * Asks for the pool of a session.
   *
   * @throws PoolLostException if the host does not have it
   * @throws IOException if the host does not answer until the deadline
   */
  void resume(long session, long deadline) throws IOException {
    writer.start(FrameType.RESUME, 0).u64(session);
    exchange(FrameType.RESUME, deadline);
    if (reader.u64(0) != session || reader.u32(10) != settings.size()) {
      throw new PoolLostException("the host has resumed another session");
    }
  }

  /** Sends what is in the writer until it is answered. */
  private void exchange(int type, long deadline) throws IOException {
    // Ends what the host may have of an unfinished frame.
    frame[0] = 0;
    int length = 1 + writer.finish(0, frame, 1);
    do {
      transport.write(frame, 0, length);
      long late = settings.retryNanos() + settings.nanosFor(2L * frame.length);
      long until = Math.min(deadline, clock.nanoTime() + late);
      for (int count = read(until); count > 0; count = read(until)) {
        for (int at = 0; at < count; ) {
          at = reader.feed(input, at, count);
          if (reader.ended() && isAnswer(type)) {
            return;
          }
        }
      }
    } while (clock.nanoTime() < deadline);
    throw new IOException("the host does not answer");
  }

  private boolean isAnswer(int type) throws IOException {
    if (!reader.decode() || !reader.isOf(0)) {
      return false;
    }
    if (reader.type() == FrameType.ERROR) {
      String text = text(reader);
      throw reader.u8(0) == FrameType.NO_SESSION
          ? new PoolLostException("the host has lost the pool: " + text)
          : new IOException("the host refuses: " + text);
    }
    int wanted = type == FrameType.OPEN ? 12 : 14;
    return reader.type() == (type | FrameType.ANSWER) && reader.bodyLength() == wanted;
  }

  /** Returns the text of an error. */
  static String text(FrameReader error) {
    int length = Math.max(0, error.bodyLength() - 1);
    return new String(error.array(), error.bodyStart() + 1, length, StandardCharsets.UTF_8);
  }

  private int read(long until) throws IOException {
    long left = until - clock.nanoTime();
    if (left <= 0) {
      return 0;
    }
    int count = transport.read(input, 0, input.length, left);
    if (count < 0) {
      throw new IOException("the line is gone");
    }
    return count;
  }
}
