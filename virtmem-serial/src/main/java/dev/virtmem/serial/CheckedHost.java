package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * The host's end of the checked protocol, fed with bytes: finds frames, opens and resumes sessions,
 * and puts requests into the order of their numbers.
 */
final class CheckedHost {
  private static final int NUMBERS = 1 << 16;
  private static final int MISSING_NUMBERS = 8;
  private static final int NO_SESSION = 0;
  private static final byte[] DONE = {};

  private final PoolLender lender;
  private final HostJournal journal;
  private final LongSupplier sessionIds;
  private final Runnable poolWanted;
  private final FrameReader reader = new FrameReader(FrameType.HOST_DATA + 4);
  private final FrameWriter writer = new FrameWriter(FrameType.HOST_DATA);
  private final Requests requests;

  /**
   * Requests that came before their turn, as type, number and body; {@link #DONE} for those that
   * did not have to wait, null where there is none.
   */
  private final byte[][] early = new byte[FrameType.HOST_WINDOW][];

  private long session = NO_SESSION;
  private long nonce;
  private LentPool pool;
  private int next;
  private boolean anyDone;
  private int inits;

  /** Creates a host; {@code poolWanted} runs before a pool is lent, to give others back. */
  CheckedHost(
      PoolLender lender,
      InputQueue input,
      HostJournal journal,
      LongSupplier sessionIds,
      Runnable poolWanted) {
    this.lender = lender;
    this.journal = journal;
    this.sessionIds = sessionIds;
    this.poolWanted = poolWanted;
    this.requests = new Requests(input, journal, writer);
  }

  /** Answers the question whether this host knows the protocol. */
  void hello(Output out) throws IOException {
    lineLost();
    out.put(0);
    writer
        .start(FrameType.HELLO, 0)
        .u8(FrameType.VERSION)
        .u16(FrameType.HOST_DATA)
        .u16(FrameType.HOST_WINDOW);
    send(NO_SESSION, out);
  }

  /** Forgets what came of a frame. The session stays, to be resumed. */
  void lineLost() {
    inits = 0;
    reader.reset();
  }

  /** Ends the session and gives its pool back. */
  void dropSession() {
    session = NO_SESSION;
    anyDone = false;
    Arrays.fill(early, null);
    if (pool != null) {
      LentPool old = pool;
      pool = null;
      journal.giveBack(old, true);
    }
  }

  /** Has the device gone back to the plain protocol? */
  boolean isLeft() {
    return inits >= 2;
  }

  /**
   * Takes bytes, up to the init with which a device goes back to the plain protocol.
   *
   * @return the index behind the last byte taken
   */
  int receive(byte[] bytes, int from, int end, Output out) throws IOException {
    int at = from;
    while (at < end && !isLeft()) {
      at = reader.feed(bytes, at, end);
      if (reader.ended()) {
        inits = reader.isInit() ? inits + 1 : 0;
        if (inits == 0 && !reader.isPing()) {
          frame(out);
        }
      }
    }
    return at;
  }

  private void frame(Output out) throws IOException {
    if (!reader.decode()) {
      journal.badFrames.increment();
      return;
    }
    if (reader.isShortRead()) {
      shortRead(out);
      return;
    }
    int type = reader.type();
    boolean joining = type == FrameType.OPEN || type == FrameType.RESUME;
    if (!joining && session == NO_SESSION || !reader.isOf(joining ? NO_SESSION : session)) {
      journal.badFrames.increment();
    } else if (!joining) {
      request(out);
    } else if (type == FrameType.OPEN) {
      open(out);
    } else {
      resume(out);
    }
  }

  /** Answers a read that has no number, and no CRC: that of the answer covers it. */
  private void shortRead(Output out) throws IOException {
    if (session != NO_SESSION) {
      requests.shortRead(reader);
      byte[] room = out.room(FrameWriter.encodedLength(FrameType.HOST_DATA));
      out.added(writer.finish(session, reader.array(), reader.length(), room, out.at()));
    }
  }

  private void open(Output out) throws IOException {
    if (reader.bodyLength() != 8) {
      error(FrameType.MALFORMED, "OPEN has 8 bytes", out);
      return;
    }
    long wanted = reader.u32(0);
    long size = reader.u32(4);
    boolean repeated = pool != null && wanted == nonce && size == pool.size() && !anyDone;
    if (!repeated && !lend(wanted, size, out)) {
      return;
    }
    writer.start(FrameType.OPEN | FrameType.ANSWER, reader.number()).u32(nonce).u64(session);
    send(NO_SESSION, out);
  }

  private boolean lend(long newNonce, long size, Output out) throws IOException {
    dropSession();
    poolWanted.run();
    try {
      pool = lender.lend(size);
    } catch (StoreException e) {
      journal.event(Kind.REFUSED, e.getMessage());
      error(FrameType.REFUSED, e.getMessage(), out);
      return false;
    }
    do {
      session = sessionIds.getAsLong();
    } while (session == NO_SESSION);
    nonce = newNonce;
    next = 0;
    requests.begin(pool);
    journal.pool(size, true);
    journal.event(Kind.POOL, size + " bytes, checked protocol");
    return true;
  }

  private void resume(Output out) throws IOException {
    if (reader.bodyLength() != 8) {
      error(FrameType.MALFORMED, "RESUME has 8 bytes", out);
    } else if (session == NO_SESSION || reader.u64(0) != session) {
      journal.event(Kind.LOST, "a device wants a pool back that this host does not have");
      error(FrameType.NO_SESSION, "this host does not have the pool of that session", out);
    } else {
      writer
          .start(FrameType.RESUME | FrameType.ANSWER, reader.number())
          .u64(session)
          .u16(next)
          .u32(pool.size());
      send(NO_SESSION, out);
      journal.pool(pool.size(), true);
      journal.event(Kind.RESUMED, pool.size() + " bytes");
    }
  }

  private void request(Output out) throws IOException {
    int ahead = reader.number() - next & NUMBERS - 1;
    if (ahead == 0) {
      carryOut(reader.type(), reader.array(), reader.bodyStart(), reader.bodyLength(), out);
      carryOutEarly(out);
    } else if (ahead < FrameType.HOST_WINDOW) {
      boolean waits = reader.type() != FrameType.READ_AT_ONCE;
      keep(waits);
      missing(ahead, out);
      if (!waits) {
        answerAgain(out);
      }
    } else if (NUMBERS - ahead <= FrameType.HOST_WINDOW) {
      journal.repeats.increment();
      answerAgain(out);
    }
  }

  /** Answers what changes nothing, or was carried out already. */
  private void answerAgain(Output out) throws IOException {
    requests.repeat(
        reader.type(), reader.number(), reader.array(), reader.bodyStart(), reader.bodyLength());
    send(session, out);
  }

  private void carryOut(int type, byte[] array, int from, int length, Output out)
      throws IOException {
    requests.carryOut(type, next, array, from, length);
    // Counted before it is answered: the answer may find the line gone.
    long answered = session;
    next = next + 1 & NUMBERS - 1;
    anyDone = true;
    if (type == FrameType.CLOSE) {
      dropSession();
    }
    send(answered, out);
  }

  private void carryOutEarly(Output out) throws IOException {
    for (int slot = slot(next); session != NO_SESSION && early[slot] != null; slot = slot(next)) {
      byte[] request = early[slot];
      early[slot] = null;
      if (request == DONE) {
        next = next + 1 & NUMBERS - 1;
      } else {
        carryOut(request[0] & 0xFF, request, 3, request.length - 3, out);
      }
    }
  }

  private void keep(boolean waits) {
    int slot = slot(reader.number());
    if (early[slot] == null) {
      int end = reader.bodyStart() + reader.bodyLength();
      early[slot] = waits ? Arrays.copyOf(reader.array(), end) : DONE;
    }
  }

  private void missing(int ahead, Output out) throws IOException {
    writer.start(FrameType.MISSING, reader.number());
    int named = 0;
    for (int i = 0; i < ahead && named < MISSING_NUMBERS; i++) {
      if (early[slot(next + i)] == null) {
        writer.u16(next + i);
        named++;
      }
    }
    send(session, out);
  }

  private void error(int code, String text, Output out) throws IOException {
    Requests.error(writer, reader.number(), code, text);
    send(NO_SESSION, out);
  }

  private void send(long sessionId, Output out) throws IOException {
    byte[] room = out.room(FrameWriter.encodedLength(FrameType.HOST_DATA));
    out.added(writer.finish(sessionId, room, out.at()));
  }

  private static int slot(int number) {
    return number % FrameType.HOST_WINDOW;
  }
}
