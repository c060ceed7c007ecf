package dev.virtmem.serial;

/** Reads that go on where the last one ended, upwards or downwards. */
final class Stream {
  /** A stream is read ahead by this part of what was read of it, so that its end costs little. */
  private static final int SHARE = 4;

  /** The range of the last read. */
  private long from;

  private long end;

  /** 1 upwards, -1 downwards, 0 if there was one read only. */
  private int direction;

  /** How many bytes were read in sequence. */
  private long run;

  private int ahead;
  private long used;

  /** Begins with a read that goes on with none. */
  void begin(long newFrom, long newEnd) {
    from = newFrom;
    end = newEnd;
    direction = 0;
    run = newEnd - newFrom;
    ahead = 0;
  }

  /**
   * Goes on with a read, if it is one of this stream: it starts where the last one ended, or
   * somewhat later but before the end of what was read ahead, or the same downwards.
   */
  boolean goesOn(long newFrom, long newEnd, int skip, Pieces pieces, int most) {
    int way = 0;
    if (used == 0) {
      return false;
    }
    if (newFrom >= end && newFrom <= Math.max(end + skip, pieces.endFrom(end))) {
      way = 1;
    } else if (newEnd <= from && newEnd >= Math.min(from - skip, pieces.startBefore(from))) {
      way = -1;
    }
    if (way == 0) {
      return false;
    }
    run = (way == -direction ? 0 : run) + newEnd - newFrom;
    ahead = (int) Math.min(run / SHARE, most);
    direction = way;
    from = newFrom;
    end = newEnd;
    return true;
  }

  void use(long now) {
    used = now;
  }

  long used() {
    return used;
  }

  /** Returns how far to read ahead, in bytes. */
  int ahead() {
    return ahead;
  }

  boolean isDown() {
    return direction < 0;
  }

  long from() {
    return from;
  }

  long end() {
    return end;
  }
}
