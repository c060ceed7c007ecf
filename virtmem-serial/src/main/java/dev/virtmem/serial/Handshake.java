package dev.virtmem.serial;

import java.io.IOException;

/** Finds a host, and finds out what it speaks. */
final class Handshake {
  private static final long ANSWER = 50_000_000;

  /** Answers of a plain host, each of which may be one to a question that the line damaged. */
  private static final int PLAIN_ANSWERS = 3;

  /** The same where a session would be lost for good by believing them. */
  private static final int PLAIN_ANSWERS_AGAIN = 12;

  /** After so many inits in vain, a host may be waiting for the rest of a write: it gets many. */
  private static final int PATIENCE = 4;

  private static final int MOST_INITS = 1024;

  /** A host that takes less is none. */
  private static final int LEAST_DATA = 16;

  private final Connector clock;
  private final Transport transport;
  private final LineSettings settings;
  private final FrameReader reader = new FrameReader(FrameType.HOST_DATA + 8);
  private final byte[] input = new byte[256];

  /** What HELLO said. */
  private int data;

  private int window;

  Handshake(Connector clock, Transport transport, LineSettings settings) {
    this.clock = clock;
    this.transport = transport;
    this.settings = settings;
  }

  /** The most bytes of data in a frame that the host takes. */
  int data() {
    return data;
  }

  /** How many requests the host takes. */
  int window() {
    return window;
  }

  /**
   * Looks for a host.
   *
   * @param deadline when to give up
   * @return whether it speaks the checked protocol, and is waiting for frames
   * @throws IOException if there is none, or none that speaks what the settings ask for
   */
  boolean find(long deadline) throws IOException {
    return find(deadline, PLAIN_ANSWERS);
  }

  /**
   * Looks for a host that spoke the checked protocol before.
   *
   * @return whether it still does, and is waiting for frames; if not, it is another one
   */
  boolean findAgain(long deadline) throws IOException {
    return find(deadline, PLAIN_ANSWERS_AGAIN);
  }

  private boolean find(long deadline, int enough) throws IOException {
    int plainAnswers = 0;
    while (plainAnswers < enough) {
      init(deadline);
      if (settings.protocol() == Protocol.PLAIN) {
        return false;
      }
      switch (ask(deadline)) {
        case CHECKED -> {
          return true;
        }
        case PLAIN -> plainAnswers++;
        case AUTO -> {}
      }
    }
    if (settings.protocol() == Protocol.CHECKED) {
      throw new IOException("the host does not speak the checked protocol");
    }
    return false;
  }

  /**
   * Sends inits until one is answered. Whoever had the line before may have died in a write, and
   * the original host takes what comes for the rest of it: so they become as many as the line
   * carries in the time in which an answer is due.
   */
  private void init(long deadline) throws IOException {
    byte[] inits = {-1, 0, -1, 0};
    int length = settings.protocol() == Protocol.PLAIN ? 2 : 4;
    boolean started = false;
    int rounds = 0;
    do {
      transport.write(inits, 0, length);
      long until = Math.min(deadline, clock.nanoTime() + ANSWER + settings.nanosFor(16));
      for (int count = read(until); count > 0; count = read(until)) {
        for (int i = 0; i < count; i++) {
          started |= input[i] == -1;
          if (started && input[i] == 0) {
            return;
          }
        }
      }
      if (++rounds == PATIENCE) {
        inits = manyInits();
        length = inits.length;
      }
    } while (clock.nanoTime() < deadline);
    throw new IOException("no host answers; is one serving this line, at this baud rate?");
  }

  private byte[] manyInits() {
    var inits = new byte[2 * Math.clamp(ANSWER / settings.nanosFor(2), 2, MOST_INITS)];
    for (int i = 0; i < inits.length; i += 2) {
      inits[i] = -1;
    }
    return inits;
  }

  /** Asks for the checked protocol. AUTO means that no answer was understood. */
  private Protocol ask(long deadline) throws IOException {
    byte[] question = Plain.question();
    byte[] all = new byte[question.length + 2];
    System.arraycopy(question, 0, all, 0, question.length);
    all[question.length] = -1;
    all[question.length + 1] = Plain.PING;
    transport.write(all, 0, all.length);
    reader.reset();
    long wait = ANSWER + settings.retryNanos() + settings.nanosFor(64);
    long until = Math.min(deadline, clock.nanoTime() + wait);
    for (int count = read(until); count > 0; count = read(until)) {
      for (int at = 0; at < count; ) {
        at = reader.feed(input, at, count);
        if (reader.ended() && isHello()) {
          return Protocol.CHECKED;
        }
      }
      // Only where a frame would start: a HELLO may have the same bytes inside.
      if (reader.isPing()) {
        return Protocol.PLAIN;
      }
    }
    return Protocol.AUTO;
  }

  private boolean isHello() throws IOException {
    if (!reader.decode() || reader.type() != FrameType.HELLO || !reader.isOf(0)) {
      return false;
    }
    if (reader.bodyLength() < 5 || reader.u8(0) != FrameType.VERSION) {
      throw new IOException("the host speaks version " + reader.u8(0) + " of the checked protocol");
    }
    data = reader.u16(1);
    window = reader.u16(3);
    if (data < LEAST_DATA || window < 1) {
      throw new IOException(
          "the host takes %d bytes of data and %d requests; it must be at least %d and 1"
              .formatted(data, window, LEAST_DATA));
    }
    return true;
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
