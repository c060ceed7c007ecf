package dev.virtmem.serial;

import dev.virtmem.store.TransferBuffer;
import java.io.IOException;
import java.util.ArrayDeque;

/**
 * The device's end of the checked protocol: cuts transfers into requests, posts writes, and reads
 * ahead of a stream.
 */
final class CheckedLink implements Link {
  /** A stream may leave out so many bytes and is a stream still. */
  private static final int SKIP = 64;

  private final CheckedSession session;
  private final LineSettings settings;

  /** What was asked for and not yet used: neighbours, in order. */
  private final ArrayDeque<Piece> stream = new ArrayDeque<>();

  private final ArrayDeque<Piece> free = new ArrayDeque<>();
  private long streamEnd;
  private long lastEnd = -1;
  private int ahead;
  private long inputPosition;

  CheckedLink(CheckedSession session, LineSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  @Override
  public boolean isChecked() {
    return true;
  }

  @Override
  public void read(long offset, TransferBuffer target) throws IOException {
    settle();
    int length = target.length();
    follow(offset, length);
    for (int done = 0; done < length; ) {
      askFor(offset + length);
      Piece piece = stream.getFirst();
      // A write whose answer was lost may have been refused, and what was read then is old.
      if (!piece.arrived || session.isWritten(offset + done, offset + length)) {
        session.await();
        continue;
      }
      if (piece.error != null) {
        String error = piece.error;
        abandon();
        throw new IOException("the host says: " + error);
      }
      int from = (int) (offset + done - piece.offset);
      int count = Math.min(piece.length - from, length - done);
      target.put(done, piece.data, from, count);
      done += count;
      if (from + count == piece.length) {
        free.add(stream.removeFirst());
      }
    }
    lastEnd = offset + length;
  }

  /** Sends again what the host refused; what was read behind that is old. */
  private void settle() throws IOException {
    if (session.hasRefused()) {
      abandon();
    }
    session.repeatRefused();
  }

  /** Goes on with the stream, or begins another. */
  private void follow(long offset, int length) {
    while (!stream.isEmpty() && stream.getFirst().end() <= offset && offset < streamEnd) {
      drop(stream.removeFirst());
    }
    if (stream.isEmpty() || offset < unusedStart() || offset >= streamEnd) {
      abandon();
      streamEnd = offset;
    }
    boolean goesOn = lastEnd >= 0 && offset >= lastEnd && offset - lastEnd <= SKIP;
    ahead = goesOn ? Math.min(Math.max(2 * ahead, length), settings.ahead()) : 0;
  }

  /** Returns where the bytes start that were asked for and not used, if there are any. */
  private long unusedStart() {
    return Math.max(stream.getFirst().offset, lastEnd);
  }

  /** Asks for everything up to {@code end}, and ahead of it as far as that needs no waiting. */
  private void askFor(long end) throws IOException {
    while (streamEnd < end) {
      ask((int) Math.min(session.chunk(), end - streamEnd));
    }
    long limit = Math.min(end + ahead, settings.size());
    while (limit - streamEnd >= session.chunk() && session.hasRoom(session.chunk())) {
      ask(session.chunk());
    }
  }

  private void ask(int length) throws IOException {
    Piece piece = free.isEmpty() ? new Piece(session.chunk()) : free.remove();
    int type =
        session.isWritten(streamEnd, streamEnd + length) ? FrameType.READ : FrameType.READ_AT_ONCE;
    session.begin(type, length).u32(streamEnd).u16(length);
    stream.add(piece.begin(streamEnd, length));
    streamEnd += length;
    session.post(type, 6, length, piece);
  }

  private void abandon() {
    while (!stream.isEmpty()) {
      drop(stream.removeFirst());
    }
  }

  private void drop(Piece piece) {
    session.forget(piece);
    free.add(piece);
  }

  @Override
  public void write(long offset, TransferBuffer source) throws IOException {
    settle();
    int length = source.length();
    if (!stream.isEmpty() && offset < streamEnd && unusedStart() < offset + length) {
      abandon();
    }
    for (int done = 0; done < length; ) {
      int part = Math.min(session.chunk(), length - done);
      FrameWriter writer = session.begin(FrameType.WRITE, 0).u32(offset + done);
      source.get(done, writer.array(), writer.reserve(part), part);
      session.postWrite(offset + done, part);
      done += part;
    }
  }

  @Override
  public void sync() throws IOException {
    settle();
    while (session.hasUnfinished()) {
      session.await();
    }
  }

  @Override
  public void ping() throws IOException {
    settle();
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
    return count;
  }

  private byte[] input(int most) throws IOException {
    settle();
    session.begin(FrameType.INPUT, 8 + most).u32(inputPosition).u16(most);
    byte[] answer = finish(session.post(FrameType.INPUT, 6, 8 + most, null));
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
      if (session.hasUnfinished() || session.hasRefused()) {
        sync();
      }
    } finally {
      session.close(true);
    }
  }
}
