package dev.virtmem.serial;

import java.io.IOException;

/**
 * The line under a session of the checked protocol, the device's end: sends frames, knows when the
 * answers to them are late and when the host is not heard any more, and is opened again after it
 * was lost.
 */
final class SessionLine {
  /** What a session sends again on a line that was opened again. */
  interface Repetition {
    void run() throws IOException;
  }

  /** How often in a row a session is taken up again without an answer before that is an error. */
  private static final int MAX_FRUITLESS = 3;

  private static final long CONNECT_PAUSE = 20_000_000;

  private final Connector connector;
  private final LineSettings settings;
  private final LineState state;
  private final int maxGarbage;

  /** Null while the line is lost. */
  private Transport transport;

  private long sent;
  private long lastHeard;
  private int fruitless;
  private int garbage;

  /** Takes over an open line; after {@code maxGarbage} bytes without a frame nothing was heard. */
  SessionLine(Connector connector, Transport transport, LineSettings settings, int maxGarbage) {
    this.connector = connector;
    this.transport = transport;
    this.settings = settings;
    this.maxGarbage = maxGarbage;
    state = new LineState(settings);
  }

  /** Returns the time by the line's clock, in ns. */
  long nanoTime() {
    return connector.nanoTime();
  }

  boolean isOpen() {
    return transport != null;
  }

  /** Has the line not damaged a frame for long? */
  boolean isClean() {
    return state.isClean();
  }

  /** Returns about how many more bytes can be sent before all that was asked for has come. */
  long idleBytes() {
    return state.idleBytes(nanoTime());
  }

  /** Notes that nothing was under way until now, so that nobody missed the host. */
  void begin() {
    lastHeard = nanoTime();
  }

  /** Sends, and expects an answer in constant time: nobody else's traffic is on a line. */
  void send(Sending sending, long bytesUnderWay) throws IOException {
    requireLine();
    if (sending.sendings > 0) {
      state.damaged();
    }
    sending.order = ++sent;
    sending.sendings++;
    long now = nanoTime();
    sending.due = now + settings.retryNanos() + settings.nanosFor(bytesUnderWay);
    state.sent(now, sending.frameLength, sending.isRead() ? sending.answerLength : 0);
    transport.write(sending.frame, 0, sending.frameLength);
  }

  /** Waits for bytes until then, or until the host was not heard for too long. */
  int read(byte[] target, long until, long bytesUnderWay) throws IOException {
    requireLine();
    long now = nanoTime();
    long left = Math.max(0, lastHeard + silence(bytesUnderWay) - now);
    int count = transport.read(target, 0, target.length, Math.clamp(until - now, 0, left));
    if (count < 0) {
      throw new IOException("the line is gone");
    }
    garbage += count;
    return count;
  }

  /** Notes a valid frame. */
  void heard() {
    garbage = 0;
    lastHeard = nanoTime();
    state.good();
  }

  /** Notes a damaged frame. */
  void damaged() {
    state.damaged();
  }

  /** Notes that a sending has come through, and with it all that was sent before. */
  void answered(long order) {
    fruitless = 0;
    if (order == sent) {
      state.quiet(nanoTime());
    }
  }

  /** Has so much come without a valid frame that it counts as nothing? */
  boolean hearsGarbage() {
    return garbage > maxGarbage;
  }

  /** Throws if the host was not heard for too long. */
  void requireHeard(long bytesUnderWay) throws IOException {
    long silence = silence(bytesUnderWay);
    if (nanoTime() - lastHeard >= silence) {
      throw new IOException("nothing heard from the host for " + silence / 1_000_000 + " ms");
    }
  }

  private long silence(long bytesUnderWay) {
    return settings.timeoutNanos() / 2 + settings.nanosFor(bytesUnderWay);
  }

  private void requireLine() throws IOException {
    if (transport == null) {
      throw new IOException("the line was lost");
    }
  }

  void hangUp() {
    if (transport != null) {
      transport.close();
      transport = null;
    }
  }

  /**
   * Opens the line again, and takes up the session.
   *
   * @throws PoolLostException if the host does not have it any more
   * @throws IOException if there is no host until the time for it has passed, or one that does not
   *     answer requests
   */
  void reopen(long session, long bytesUnderWay, Repetition repetition, IOException cause)
      throws IOException {
    hangUp();
    if (fruitless == MAX_FRUITLESS) {
      fruitless = 0;
      throw new IOException("the host is there, but does not answer requests", cause);
    }
    // On a slow line the answers to what is under way come first, for long.
    long drain = Math.max(settings.timeoutNanos() / 2, 2 * settings.nanosFor(bytesUnderWay));
    long end = nanoTime() + settings.reconnectNanos();
    while (true) {
      try {
        transport = settings.open(connector);
        resume(session, nanoTime() + drain);
        repetition.run();
        fruitless++;
        return;
      } catch (PoolLostException e) {
        hangUp();
        throw e;
      } catch (IOException e) {
        hangUp();
        long left = end - nanoTime();
        if (left <= 0) {
          throw e;
        }
        connector.pause(Math.min(left, CONNECT_PAUSE));
      }
    }
  }

  private void resume(long session, long deadline) throws IOException {
    if (!new Handshake(connector, transport, settings).findAgain(deadline)) {
      throw new PoolLostException("a host without the checked protocol has taken over");
    }
    new Joining(connector, transport, settings).resume(session, deadline);
    garbage = 0;
    lastHeard = nanoTime();
    state.quiet(lastHeard);
  }
}
