package dev.virtmem.serial;

import dev.virtmem.store.TransferBuffer;
import java.io.IOException;
import java.util.Arrays;

/**
 * The device's end of the checked protocol: cuts transfers into requests, posts writes, and reads
 * ahead of a stream.
 */
final class CheckedLink implements Link {
  /** A stream may leave out so many bytes and is a stream still. */
  private static final int SKIP = 64;

  /** A stream that did not go on for so many reads takes nothing from the others. */
  private static final int RECENT = 8;

  private final CheckedSession session;
  private final LineSettings settings;
  private final Pieces pieces;
  private final Gathered writes;
  private final Stream[] streams = new Stream[8];
  private long reads;
  private long inputPosition;

  /** Has anything been written since the last sync? */
  private boolean written;

  /** Does the host not know yet that input was taken? */
  private boolean inputTaken;

  CheckedLink(CheckedSession session, LineSettings settings) {
    this.session = session;
    this.settings = settings;
    pieces = new Pieces(session);
    writes = new Gathered(session);
    Arrays.setAll(streams, i -> new Stream());
  }

  @Override
  public boolean isChecked() {
    return true;
  }

  @Override
  public void read(long offset, TransferBuffer target) throws IOException {
    settle();
    int length = target.length();
    long end = offset + length;
    Stream stream = follow(offset, end);
    askFor(offset, end, stream);
    askAhead(stream);
    writes.sendBesideReads();
    for (long at = offset; at < end; ) {
      Piece piece = pieces.find(at);
      if (piece == null) {
        ask(at, Math.min(at + session.chunk(), pieces.nextStart(at, end)), stream);
      } else if (piece.refused || piece.error != null && piece.askedIn < reads) {
        askAgain(piece);
      } else if (!piece.arrived || session.isWritten(at, Math.min(piece.end, end))) {
        // A write whose answer was lost may have been refused, and what was read then is old.
        session.await();
        askFor(at, end, stream);
        askAhead(stream);
        writes.sendBesideReads();
      } else {
        int count = (int) Math.min(piece.end, end) - (int) at;
        target.put((int) (at - offset), data(piece), (int) (at - piece.offset), count);
        at += count;
        piece.taken(at - count, at);
        if (piece.isUsedUp()) {
          pieces.remove(piece);
        }
      }
    }
  }

  /** Sends again what the host refused; what was read behind that is old. */
  private void settle() throws IOException {
    if (session.hasRefused()) {
      pieces.dropIf(any -> true);
    }
    session.repeatRefused();
  }

  private byte[] data(Piece piece) throws IOException {
    if (piece.error != null) {
      String error = piece.error;
      pieces.dropIf(any -> true);
      throw new IOException("the host says: " + error);
    }
    return piece.data;
  }

  /** Finds the stream that a read goes on with, or begins another in place of the oldest. */
  private Stream follow(long from, long end) {
    Stream oldest = streams[0];
    int most = Math.max(2 * session.chunk(), settings.ahead() / active());
    for (Stream stream : streams) {
      if (stream.goesOn(from, end, SKIP, pieces, Math.min(most, settings.ahead()))) {
        pieces.dropIf(
            piece ->
                piece.stream == stream
                    && (stream.isDown() ? piece.from >= end : piece.end <= from));
        stream.use(++reads);
        return stream;
      }
      oldest = stream.used() < oldest.used() ? stream : oldest;
    }
    Stream forgotten = oldest;
    pieces.dropIf(piece -> piece.stream == forgotten);
    oldest.begin(from, end);
    oldest.use(++reads);
    return oldest;
  }

  private int active() {
    int count = 0;
    for (Stream stream : streams) {
      count += stream.ahead() > 0 && reads - stream.used() < RECENT ? 1 : 0;
    }
    return Math.max(1, count);
  }

  /** Asks for what of a range was not asked for yet, as far as that needs no waiting. */
  private void askFor(long from, long end, Stream stream) throws IOException {
    long at = pieces.endFrom(from);
    while (at < end && session.hasRoom(session.chunk())) {
      ask(at, Math.min(at + session.chunk(), pieces.nextStart(at, end)), stream);
      at = pieces.endFrom(at);
    }
  }

  /** Asks for what a stream will want, as far as that needs no waiting. */
  private void askAhead(Stream stream) throws IOException {
    int chunk = session.chunk();
    if (stream.isDown()) {
      long limit = Math.max(0, stream.from() - stream.ahead());
      long at = pieces.startBefore(stream.from());
      while (at - limit >= chunk && session.hasRoom(chunk)) {
        ask(pieces.lastEnd(at, at - chunk), at, stream);
        at = pieces.startBefore(at);
      }
    } else {
      long limit = Math.min(stream.end() + stream.ahead(), settings.size());
      long at = pieces.endFrom(stream.end());
      while (limit - at >= chunk && session.hasRoom(chunk)) {
        ask(at, pieces.nextStart(at, at + chunk), stream);
        at = pieces.endFrom(at);
      }
    }
  }

  private void ask(long from, long end, Stream stream) throws IOException {
    writes.sendOverlapping(from, end);
    int length = (int) (end - from);
    boolean written = session.isWritten(from, end);
    if (!written && session.canReadShortly(length)) {
      session.readShortly(pieces.add(from, length, stream, reads));
      return;
    }
    int type = written ? FrameType.READ : FrameType.READ_AT_ONCE;
    session.begin(type, length).u32(from).u16(length);
    session.post(type, 6, length, pieces.add(from, length, stream, reads));
  }

  /**
   * Asks by READ, whose answer says why the host cannot read, for what it did not give before: to a
   * SHORT READ, or ahead of this read, since when the host may be well again.
   */
  private void askAgain(Piece piece) throws IOException {
    session.begin(FrameType.READ, piece.length).u32(piece.offset).u16(piece.length);
    piece.askAgain(reads);
    session.post(FrameType.READ, 6, piece.length, piece);
  }

  @Override
  public void write(long offset, TransferBuffer source) throws IOException {
    settle();
    written = true;
    long end = offset + source.length();
    pieces.dropIf(piece -> piece.from < end && offset < piece.end);
    writes.write(offset, source);
  }

  @Override
  public void sync() throws IOException {
    settle();
    writes.sendAll();
    if (written) {
      session.begin(FrameType.SYNC, 0);
      session.post(FrameType.SYNC, 0, 0, null);
    }
    while (session.hasUnfinished()) {
      session.await();
    }
    session.requireSynced();
    written = false;
  }

  @Override
  public void ping() throws IOException {
    settle();
    writes.sendAll();
    session.begin(FrameType.PING, 0);
    finish(session.post(FrameType.PING, 0, 0, null));
  }

  @Override
  public void print(byte[] text, int from, int length) throws IOException {
    settle();
    for (int done = 0; done < length; ) {
      int part = Math.min(session.chunk(), length - done);
      session.begin(FrameType.PRINT, 0).bytes(text, from + done, part);
      session.post(FrameType.PRINT, part, 0, null);
      done += part;
    }
  }

  @Override
  public long inputAvailable() throws IOException {
    return LittleEndian.u32(input(0), 4);
  }

  @Override
  public int readInput(byte[] target, int from, int most) throws IOException {
    byte[] answer = input(Math.min(most, session.chunk()));
    int count = answer.length - 8;
    System.arraycopy(answer, 8, target, from, count);
    inputPosition += count;
    inputTaken = count > 0;
    return count;
  }

  private byte[] input(int most) throws IOException {
    settle();
    session.begin(FrameType.INPUT, 8 + most).u32(inputPosition).u16(most);
    byte[] answer = finish(session.post(FrameType.INPUT, 6, 8 + most, null));
    inputTaken = false;
    if (answer.length < 8) {
      throw new IOException("the host's answer about its input has " + answer.length + " bytes");
    }
    return answer;
  }

  private byte[] finish(Request request) throws IOException {
    while (!request.answered) {
      session.await();
    }
    if (request.error != null) {
      throw new IOException("the host says: " + request.error);
    }
    return request.answer;
  }

  @Override
  public void close() throws IOException {
    try {
      if (inputTaken) {
        // Else the host would give it to the next session again.
        input(0);
      }
      if (writes.isAny() || session.hasUnfinished() || session.hasRefused()) {
        sync();
      }
    } finally {
      session.close(true);
    }
  }
}
