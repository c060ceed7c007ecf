package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import dev.virtmem.store.StoreException;
import java.nio.charset.StandardCharsets;

/**
 * Carries out the numbered requests of a session. Each call leaves the answer in the writer, to be
 * finished by the caller.
 */
final class Requests {
  private static final int MAX_TEXT = 200;

  private final InputQueue input;
  private final HostJournal journal;
  private final FrameWriter writer;

  /** What went wrong with the last requests, by number; null where all went well. */
  private final String[] failures = new String[FrameType.HOST_WINDOW];

  private LentPool pool;
  private long inputStart;

  Requests(InputQueue input, HostJournal journal, FrameWriter writer) {
    this.input = input;
    this.journal = journal;
    this.writer = writer;
  }

  /** Starts a session: the input is counted from here. */
  void begin(LentPool newPool) {
    pool = newPool;
    inputStart = input.position();
  }

  /** Carries out a request whose turn it is. */
  void carryOut(int type, int number, byte[] array, int from, int length) {
    failures[number % failures.length] = null;
    if (isMalformed(type, array, from, length)) {
      error(writer, number, FrameType.MALFORMED, "type %02X with %d bytes".formatted(type, length));
      return;
    }
    switch (type) {
      case FrameType.WRITE -> write(number, array, from, length);
      case FrameType.WRITE_SEVERAL -> writeSeveral(number, array, from, length);
      case FrameType.SYNC -> sync(number);
      case FrameType.PRINT -> {
        journal.text(array, from, length);
        done(type, number);
      }
      default -> ask(type, number, array, from, length);
    }
  }

  /** Answers a request that was carried out before. */
  void repeat(int type, int number, byte[] array, int from, int length) {
    boolean writes =
        type == FrameType.WRITE || type == FrameType.WRITE_SEVERAL || type == FrameType.SYNC;
    // Of what only reads, and may come before its turn, nothing is kept here.
    String failure = writes ? failures[number % failures.length] : null;
    if (isMalformed(type, array, from, length)) {
      error(writer, number, FrameType.MALFORMED, "type %02X with %d bytes".formatted(type, length));
    } else if (failure != null) {
      error(writer, number, FrameType.STORE_FAILED, failure);
    } else if (type == FrameType.WRITE && !inPool(array, from, length - 4)) {
      outside(number, array, from, length - 4);
    } else if (type == FrameType.WRITE_SEVERAL && anyOutside(number, array, from, from + length)) {
      return;
    } else if (writes || type == FrameType.PRINT) {
      done(type, number);
    } else {
      ask(type, number, array, from, length);
    }
  }

  private static boolean isMalformed(int type, byte[] array, int from, int length) {
    return switch (type) {
      case FrameType.READ, FrameType.READ_AT_ONCE, FrameType.INPUT -> length != 6;
      case FrameType.WRITE -> length < 4;
      case FrameType.WRITE_SEVERAL -> !arePieces(array, from, from + length);
      case FrameType.PING -> length > FrameType.PING_DATA;
      case FrameType.SYNC -> length != 0;
      case FrameType.PRINT, FrameType.CLOSE -> false;
      default -> true;
    };
  }

  /** Do pieces of offset, length and bytes end where the body does? */
  private static boolean arePieces(byte[] array, int from, int end) {
    int at = from;
    while (at + Gathered.HEADER <= end) {
      at += Gathered.HEADER + LittleEndian.u16(array, at + 4);
    }
    return at == end && end > from;
  }

  /** Requests that change nothing and may be repeated at will. */
  private void ask(int type, int number, byte[] array, int from, int length) {
    switch (type) {
      case FrameType.READ, FrameType.READ_AT_ONCE -> read(type, number, array, from);
      case FrameType.INPUT ->
          input(number, LittleEndian.u32(array, from), LittleEndian.u16(array, from + 4));
      case FrameType.PING ->
          writer.start(type | FrameType.ANSWER, number).bytes(array, from, length);
      default -> done(type, number);
    }
  }

  private void done(int type, int number) {
    writer.start(type | FrameType.ANSWER, number);
  }

  private void read(int type, int number, byte[] array, int from) {
    int length = LittleEndian.u16(array, from + 4);
    if (length > FrameType.HOST_DATA) {
      error(writer, number, FrameType.MALFORMED, length + " bytes in one READ");
      return;
    }
    if (!inPool(array, from, length)) {
      outside(number, array, from, length);
      return;
    }
    writer.start(type | FrameType.ANSWER, number);
    try {
      pool.read(LittleEndian.u32(array, from), writer.array(), writer.reserve(length), length);
      journal.reads.increment();
      journal.bytesRead.add(length);
    } catch (StoreException e) {
      failed(number, e);
    }
  }

  /** Carries out a SHORT READ. Whatever goes wrong, the answer has no bytes then. */
  void shortRead(FrameReader request) {
    int length = request.array()[1] & 0xFF;
    long offset = request.shortOffset();
    writer.startShort(request.type() | FrameType.ANSWER);
    if (!pool.contains(offset, length)) {
      return;
    }
    try {
      int at = writer.reserve(length);
      pool.read(offset, writer.array(), at, length);
      journal.reads.increment();
      journal.bytesRead.add(length);
    } catch (StoreException e) {
      // The device asks again by a READ, which tells it and the log why.
      writer.startShort(request.type() | FrameType.ANSWER);
    }
  }

  private void write(int number, byte[] array, int from, int length) {
    int count = length - 4;
    if (!inPool(array, from, count)) {
      outside(number, array, from, count);
      return;
    }
    try {
      pool.write(LittleEndian.u32(array, from), array, from + 4, count);
      journal.writes.increment();
      journal.bytesWritten.add(count);
      done(FrameType.WRITE, number);
    } catch (StoreException e) {
      failures[number % failures.length] = e.getMessage();
      failed(number, e);
    }
  }

  /** Writes all pieces, or none if one leaves the pool. */
  private void writeSeveral(int number, byte[] array, int from, int length) {
    int end = from + length;
    if (anyOutside(number, array, from, end)) {
      return;
    }
    try {
      for (int at = from; at < end; ) {
        int count = LittleEndian.u16(array, at + 4);
        int data = at + Gathered.HEADER;
        pool.write(LittleEndian.u32(array, at), array, data, count);
        journal.bytesWritten.add(count);
        at = data + count;
      }
      journal.writes.increment();
      done(FrameType.WRITE_SEVERAL, number);
    } catch (StoreException e) {
      failures[number % failures.length] = e.getMessage();
      failed(number, e);
    }
  }

  private void sync(int number) {
    try {
      pool.sync();
      done(FrameType.SYNC, number);
    } catch (StoreException e) {
      // Kept: another try may succeed although bytes were lost.
      failures[number % failures.length] = e.getMessage();
      failed(number, e);
    }
  }

  /** Answers with an error if one of several pieces leaves the pool. */
  private boolean anyOutside(int number, byte[] array, int from, int end) {
    for (int at = from; at < end; ) {
      int count = LittleEndian.u16(array, at + 4);
      if (!inPool(array, at, count)) {
        outside(number, array, at, count);
        return true;
      }
      at += Gathered.HEADER + count;
    }
    return false;
  }

  private boolean inPool(byte[] array, int from, int length) {
    return pool.contains(LittleEndian.u32(array, from), length);
  }

  private void outside(int number, byte[] array, int from, int length) {
    String what =
        length + " bytes at " + LittleEndian.u32(array, from) + " of " + pool.size() + " bytes";
    journal.ignored("transfer beyond the pool", what);
    error(writer, number, FrameType.OUT_OF_RANGE, what);
  }

  private void failed(int number, StoreException e) {
    journal.event(Kind.FAILED, e.getMessage());
    error(writer, number, FrameType.STORE_FAILED, e.getMessage());
  }

  private void input(int number, long position, int most) {
    long ahead = (int) (position - (input.position() - inputStart));
    if (ahead > 0) {
      input.drop(ahead);
    }
    int waiting = input.available();
    writer.start(FrameType.INPUT | FrameType.ANSWER, number).u32(position).u32(waiting);
    // A question from before the last drop is a late repeat, which nobody waits for.
    int count = ahead < 0 ? 0 : Math.min(Math.min(most, waiting), FrameType.HOST_DATA - 8);
    input.peek(writer.array(), writer.reserve(count), count);
  }

  /** Puts an error into the writer. */
  static void error(FrameWriter writer, int number, int code, String text) {
    byte[] utf8 = String.valueOf(text).getBytes(StandardCharsets.UTF_8);
    writer.start(FrameType.ERROR, number).u8(code).bytes(utf8, 0, Math.min(utf8.length, MAX_TEXT));
  }
}
