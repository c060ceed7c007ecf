package dev.virtmem.serial;

import dev.virtmem.store.TransferBuffer;
import java.io.IOException;

/**
 * Writes that wait for a read to go first, or for more of them: short ones share a frame. They do
 * not overlap each other, so their order does not matter. While the program reads, as many are sent
 * as the line carries until the answers are there; while it only writes, whole frames.
 */
final class Gathered {
  /** Offset and length of a piece of WRITE SEVERAL, in bytes. */
  static final int HEADER = 6;

  /** Type, number, CRC, offset and end of a WRITE, in bytes on the line. */
  private static final int FRAME = 13;

  /** Shorter parts of a piece are not sent on their own. */
  private static final int LEAST = 48;

  private static final int FRAMES = 4;
  private static final int PIECES = 256;

  private final CheckedSession session;
  private final byte[] data;
  private final long[] offset = new long[PIECES];
  private final int[] length = new int[PIECES];
  private final Ranges ranges = new Ranges();
  private int pieces;
  private int bytes;

  /** Bytes that came since the last read. */
  private long sinceRead;

  Gathered(CheckedSession session) {
    this.session = session;
    data = new byte[FRAMES * session.maxChunk()];
  }

  boolean isAny() {
    return pieces > 0;
  }

  void write(long to, TransferBuffer source) throws IOException {
    int all = source.length();
    sendOverlapping(to, to + all);
    for (int done = 0; done < all; ) {
      boolean goesOn = pieces > 0 && offset[pieces - 1] + length[pieces - 1] == to + done;
      if (bytes == data.length || pieces == PIECES && !goesOn) {
        sendFrame(session.chunk());
        continue;
      }
      int part = Math.min(data.length - bytes, all - done);
      source.get(done, data, bytes, part);
      if (goesOn) {
        length[pieces - 1] += part;
      } else {
        offset[pieces] = to + done;
        length[pieces++] = part;
      }
      bytes += part;
      done += part;
    }
    sinceRead += all;
    while (sinceRead > data.length && bytes + (pieces - 1) * HEADER >= session.chunk()) {
      sendFrame(session.chunk());
    }
  }

  /** Sends what fits in before the answers come that are under way, and a read waits for. */
  void sendBesideReads() throws IOException {
    sinceRead = 0;
    while (pieces > 0) {
      int room = (int) Math.min(session.idleBytes() - FRAME, session.chunk());
      if (room < Math.min(length[0], LEAST)) {
        return;
      }
      sendFrame(room);
    }
  }

  void sendAll() throws IOException {
    while (pieces > 0) {
      sendFrame(session.chunk());
    }
  }

  /** Sends the pieces that share bytes with a range, so that their order is settled. */
  void sendOverlapping(long from, long end) throws IOException {
    for (int i = 0; i < pieces; ) {
      if (offset[i] < end && from < offset[i] + length[i]) {
        send(i, 1, Math.min(length[i], session.chunk()));
      } else {
        i++;
      }
    }
  }

  /** Sends the oldest pieces, as many as fit into a frame with so many bytes of data. */
  private void sendFrame(int room) throws IOException {
    int count = 1;
    int last = Math.min(length[0], room);
    int rest = room + 4 - HEADER - last - HEADER;
    while (count < pieces && last == length[count - 1] && rest >= Math.min(length[count], LEAST)) {
      last = Math.min(length[count++], rest);
      rest -= last + HEADER;
    }
    send(0, count, last);
  }

  /** Sends pieces, of the last one only so many bytes. */
  private void send(int first, int count, int last) throws IOException {
    int at = 0;
    for (int i = 0; i < first; i++) {
      at += length[i];
    }
    int start = at;
    int type = count > 1 ? FrameType.WRITE_SEVERAL : FrameType.WRITE;
    FrameWriter writer = session.begin(type, 0);
    ranges.clear();
    for (int i = first; i < first + count; i++) {
      int part = i == first + count - 1 ? last : length[i];
      writer.u32(offset[i]);
      if (count > 1) {
        writer.u16(part);
      }
      writer.bytes(data, at, part);
      ranges.add(offset[i], offset[i] + part);
      at += part;
    }
    int body = at - start + (count > 1 ? count * HEADER : 4);
    session.postWrite(type, body, ranges);
    remove(first, count, last);
    System.arraycopy(data, at, data, start, bytes - at);
    bytes -= at - start;
  }

  /** Forgets pieces, of the last one only so many bytes. */
  private void remove(int first, int count, int last) {
    int lastPiece = first + count - 1;
    offset[lastPiece] += last;
    length[lastPiece] -= last;
    int gone = length[lastPiece] == 0 ? count : count - 1;
    System.arraycopy(offset, first + gone, offset, first, pieces - first - gone);
    System.arraycopy(length, first + gone, length, first, pieces - first - gone);
    pieces -= gone;
  }
}
