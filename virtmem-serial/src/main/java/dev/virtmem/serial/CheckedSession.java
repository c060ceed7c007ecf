package dev.virtmem.serial;

import java.io.IOException;

/**
 * A session of the checked protocol, the device's end: keeps requests under way, and sends again
 * what was lost, or all that is not known to be done when the line was.
 */
final class CheckedSession {
  /**
   * What a Linux pseudo-terminal buffers, the smallest of all: with more under way, both ends could
   * wait for each other for ever.
   */
  private static final int MAX_ANSWERS = 8192;

  /** After so many bytes without a valid frame they count as nothing heard. */
  private static final int MAX_GARBAGE = 2 * MAX_ANSWERS;

  private final int chunk;
  private final SessionLine line;
  private final Window window;
  private final RefusedWrites refused = new RefusedWrites();
  private final ShortRead shortRead = new ShortRead();
  private final FrameWriter writer;
  private final FrameReader reader;
  private final byte[] input = new byte[1024];

  private final long session;

  /** Why a SYNC failed, also one whose caller waits no longer; null if none did. */
  private String syncFailure;

  /** Why nothing will ever work again, or null. */
  private IOException failure;

  /** Opens a session on a line whose host waits for frames; the nonce tells it from others. */
  CheckedSession(
      Connector connector,
      Transport transport,
      Handshake host,
      LineSettings settings,
      long nonce,
      long deadline)
      throws IOException {
    line = new SessionLine(connector, transport, settings, MAX_GARBAGE);
    chunk = Math.min(settings.chunk(), host.data());
    window = new Window(Math.min(settings.window(), Integer.highestOneBit(host.window())));
    writer = new FrameWriter(Math.max(chunk, FrameType.PING_DATA) + 4);
    reader = new FrameReader(FrameType.HOST_DATA + 8);
    session = new Joining(connector, transport, settings).open(nonce, deadline);
  }

  /** Returns the most bytes of data in a frame. */
  int maxChunk() {
    return chunk;
  }

  /** Returns how many bytes of data to put into a frame now: fewer on a line that damages some. */
  int chunk() {
    return line.isClean() ? chunk : chunk / 2;
  }

  /** Can a request be sent without waiting, given how long its answer may be? */
  boolean hasRoom(int answerBody) {
    int answer = FrameWriter.encodedLength(answerBody) + shortRead.answerBytes();
    return window.isEmpty() || !window.isFull() && window.answerBytes() + answer <= MAX_ANSWERS;
  }

  /** Waits for room, and starts a request. Its body goes into the writer, then {@link #post}. */
  FrameWriter begin(int type, int answerBody) throws IOException {
    check();
    while (!hasRoom(answerBody)) {
      await();
    }
    if (window.isEmpty()) {
      line.begin();
    }
    return writer.start(type, window.nextNumber());
  }

  /**
   * Sends what {@link #begin} has started.
   *
   * @return the request, which is good until the next one is begun
   */
  Request post(int type, int body, int answerBody, Piece piece) throws IOException {
    return post(window.next().begin(type, window.nextNumber(), piece), body, answerBody);
  }

  /** Sends the WRITE or WRITE SEVERAL to these ranges that {@link #begin} has started. */
  void postWrite(int type, int body, Ranges ranges) throws IOException {
    Request request = window.next().begin(type, window.nextNumber(), null);
    request.ranges.set(ranges);
    post(request, body, 0);
  }

  private Request post(Request request, int body, int answerBody) throws IOException {
    request.reserve(body);
    request.frameLength = writer.finish(session, request.frame, 0);
    request.answerLength = FrameWriter.encodedLength(answerBody);
    window.added();
    try {
      transmit(request);
    } catch (IOException e) {
      recover(e);
    }
    return request;
  }

  /** Can this many bytes be asked for by {@link #readShortly}? */
  boolean canReadShortly(int length) {
    return !shortRead.isUnderWay()
        && length <= Math.min(ShortRead.MOST, chunk)
        && window.answerBytes() + FrameWriter.encodedLength(length) <= MAX_ANSWERS;
  }

  /** Asks for the bytes of a piece in the fewest bytes, one piece at a time. */
  void readShortly(Piece piece) throws IOException {
    check();
    if (window.isEmpty()) {
      line.begin();
    }
    shortRead.begin(piece);
    try {
      transmit(shortRead);
    } catch (IOException e) {
      recover(e);
    }
  }

  /** Makes nobody wait for the bytes of a piece any more. */
  void forget(Piece piece) {
    if (shortRead.piece == piece) {
      shortRead.piece = null;
    }
    window.forget(piece);
  }

  /** Is there a WRITE under way to a part of this range? */
  boolean isWritten(long from, long end) {
    return window.isWritten(from, end);
  }

  /** Are there writes that the host refused, to be sent again? */
  boolean hasRefused() {
    return !refused.isEmpty();
  }

  /** Sends again what the host refused. To be called before each transfer. */
  void repeatRefused() throws IOException {
    check();
    while (!refused.isEmpty()) {
      RefusedWrites.Refused write = refused.first();
      begin(write.type(), 0).bytes(write.body(), 0, write.body().length);
      refused.removeFirst();
      postWrite(write.type(), write.body().length, write.ranges());
    }
  }

  /** Is there anything under way but reads? */
  boolean hasUnfinished() {
    return window.hasUnfinished();
  }

  /**
   * Throws if a SYNC has failed since this was asked: the next may succeed though bytes are lost.
   */
  void requireSynced() throws IOException {
    if (syncFailure != null) {
      String reason = syncFailure;
      syncFailure = null;
      throw new IOException("the host could not sync: " + reason);
    }
  }

  /** Waits until something comes, or until it is time to send something again, and does that. */
  void await() throws IOException {
    stepOrRecover();
    check();
  }

  /** Throws if this session can never go on, and if writes were refused since this was asked. */
  private void check() throws IOException {
    requireSession();
    if (refused.hasReason()) {
      // All that are refused for the same reason are told of at once.
      while (hasUnfinished()) {
        stepOrRecover();
      }
      throw new IOException("the host could not write earlier data: " + refused.takeReason());
    }
  }

  private void requireSession() throws IOException {
    if (failure != null) {
      throw new IOException(failure.getMessage(), failure);
    }
  }

  private void stepOrRecover() throws IOException {
    try {
      step();
    } catch (IOException e) {
      recover(e);
    }
    requireSession();
  }

  /** Gives the line back, after telling the host if that is possible. */
  void close(boolean tell) throws IOException {
    try {
      if (tell && line.isOpen()) {
        begin(FrameType.CLOSE, 0);
        post(FrameType.CLOSE, 0, 0, null);
      }
    } finally {
      line.hangUp();
    }
  }

  private void step() throws IOException {
    int count = line.read(input, firstDue(), bytesUnderWay());
    for (int at = 0; at < count; ) {
      at = reader.feed(input, at, count);
      if (!reader.ended()) {
        continue;
      }
      boolean decoded = reader.decode();
      if (decoded && reader.isShortAnswer()) {
        shortAnswer();
      } else if (decoded && reader.isOf(session)) {
        line.heard();
        answer();
      } else {
        damaged();
      }
    }
    if (count == 0 || line.hearsGarbage()) {
      line.requireHeard(bytesUnderWay());
      repeatLate(line.nanoTime());
    }
  }

  /** Notes a damaged frame, which may be the answer that is waited for. */
  private void damaged() throws IOException {
    line.damaged();
    if (shortRead.isUnderWay() && window.isEmpty()) {
      transmit(shortRead);
    }
  }

  private void shortAnswer() throws IOException {
    if (!shortRead.isMeantBy(reader)) {
      return;
    }
    if (shortRead.isAnsweredBy(reader, session)) {
      line.heard();
      line.answered(shortRead.order);
      shortRead.take(reader);
    } else {
      damaged();
    }
  }

  private long firstDue() {
    long first = shortRead.isUnderWay() ? shortRead.due : Long.MAX_VALUE;
    for (int i = 0; i < window.size(); i++) {
      if (!window.get(i).answered) {
        first = Math.min(first, window.get(i).due);
      }
    }
    return first;
  }

  /** Sends the oldest request again if it is late; the others get the time that it takes. */
  private void repeatLate(long now) throws IOException {
    if (shortRead.isUnderWay() && shortRead.due <= now) {
      transmit(shortRead);
    }
    if (window.isEmpty() || firstDue() > now) {
      return;
    }
    Request oldest = window.get(0);
    transmit(oldest);
    for (int i = 1; i < window.size(); i++) {
      Request other = window.get(i);
      other.due = Math.max(other.due, oldest.due);
    }
  }

  private void transmit(Sending sending) throws IOException {
    line.send(sending, bytesUnderWay());
  }

  /** Returns about how many more bytes can be sent before all that was asked for has come. */
  long idleBytes() {
    return line.idleBytes();
  }

  private long bytesUnderWay() {
    return window.bytes() + shortRead.bytes();
  }

  private void answer() throws IOException {
    if (reader.type() == FrameType.MISSING) {
      missing();
      return;
    }
    Request request = window.find(reader.number());
    if (request == null || !take(request)) {
      return;
    }
    long order = request.order;
    line.answered(order);
    window.answered(request);
    // Bytes do not overtake each other: what was sent before and is still unanswered was lost.
    if (shortRead.isUnderWay() && shortRead.order < order) {
      transmit(shortRead);
    }
    for (int i = 0; i < window.size(); i++) {
      if (window.get(i).isLostIf(request, order)) {
        transmit(window.get(i));
      }
    }
  }

  /** Takes an answer over. Is it one to this request? */
  private boolean take(Request request) throws IOException {
    int length = reader.bodyLength();
    if (reader.type() == FrameType.ERROR) {
      request.error = Joining.text(reader);
      if (request.isWrite()) {
        refused.add(request, window);
      } else if (request.type == FrameType.SYNC) {
        syncFailure = request.error;
      }
      if (request.piece != null) {
        request.piece.error = request.error;
        request.piece.arrived = true;
      }
      return true;
    }
    if (reader.type() != (request.type | FrameType.ANSWER)) {
      return false;
    }
    Piece piece = request.piece;
    if (piece != null) {
      if (length != piece.length) {
        return false;
      }
      System.arraycopy(reader.array(), reader.bodyStart(), piece.data, 0, length);
      piece.arrived = true;
    } else if (!request.isRead()) {
      request.answer = new byte[length];
      System.arraycopy(reader.array(), reader.bodyStart(), request.answer, 0, length);
    }
    return true;
  }

  private void missing() throws IOException {
    Request reporter = window.find(reader.number());
    for (int at = 0; reporter != null && at + 2 <= reader.bodyLength(); at += 2) {
      Request lost = window.find(reader.u16(at));
      if (lost != null && lost.order < reporter.order) {
        transmit(lost);
      }
    }
  }

  /** Opens the line again, takes up the session, and sends again what is not known to be done. */
  private void recover(IOException cause) throws IOException {
    requireSession();
    try {
      line.reopen(session, bytesUnderWay(), this::repeatAll, cause);
    } catch (PoolLostException e) {
      failure = e;
      throw e;
    }
  }

  private void repeatAll() throws IOException {
    reader.reset();
    if (shortRead.isUnderWay()) {
      transmit(shortRead);
    }
    // Also what was carried out: the answer that was lost may have been an error.
    for (int i = 0; i < window.size(); i++) {
      if (!window.get(i).answered) {
        transmit(window.get(i));
      }
    }
  }
}
