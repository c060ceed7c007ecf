package dev.virtmem.serial;

/**
 * What a device knows about its line: how busy it is, by its rate, and whether it damages frames.
 */
final class LineState {
  /** After so many good frames in a row a line counts as clean. */
  private static final int CLEAN = 64;

  private final LineSettings settings;

  /** When about all that was sent has left, and all that was asked for come, in ns. */
  private long sentUntil;

  private long readUntil;

  /** Good frames since the last damaged or lost one. */
  private int good = CLEAN;

  LineState(LineSettings settings) {
    this.settings = settings;
  }

  /** Notes that bytes are sent, which ask for some, or for none that anybody waits for. */
  void sent(long now, int bytes, int asked) {
    sentUntil = Math.max(sentUntil, now) + settings.nanosFor(bytes);
    if (asked > 0) {
      long start = Math.max(readUntil, sentUntil + LineSettings.LATENCY_NANOS);
      readUntil = start + settings.nanosFor(asked);
    }
  }

  /** Notes that nothing is under way. */
  void quiet(long now) {
    sentUntil = now;
    readUntil = now;
  }

  /** Returns about how many more bytes can be sent before all that was asked for has come. */
  long idleBytes(long now) {
    long idle = readUntil - Math.max(sentUntil, now);
    return idle / Math.max(1, settings.nanosFor(1));
  }

  void good() {
    good = Math.min(CLEAN, good + 1);
  }

  void damaged() {
    good = 0;
  }

  boolean isClean() {
    return good == CLEAN;
  }
}
