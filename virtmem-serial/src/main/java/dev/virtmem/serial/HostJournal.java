package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import dev.virtmem.store.StoreException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/** Counts what happens on a line and tells the listener. Read by other threads. */
final class HostJournal {
  final LongAdder reads = new LongAdder();
  final LongAdder writes = new LongAdder();
  final LongAdder bytesRead = new LongAdder();
  final LongAdder bytesWritten = new LongAdder();
  final LongAdder repeats = new LongAdder();
  final LongAdder badFrames = new LongAdder();
  final LongAdder ignored = new LongAdder();

  private final HostListener listener;
  private final Map<String, Long> times = new TreeMap<>();
  private volatile long poolBytes;
  private volatile boolean checked;

  HostJournal(HostListener listener) {
    this.listener = listener;
  }

  void text(byte[] bytes, int from, int length) {
    if (length > 0) {
      listener.text(bytes, from, length);
    }
  }

  void event(Kind kind, String message) {
    listener.event(new HostEvent(kind, message));
  }

  /**
   * Counts what should not have come; tells of it at each power of two, so that logs stay short.
   */
  void ignored(String what, String detail) {
    ignored.increment();
    long count = times.merge(what, 1L, Long::sum);
    if (Long.bitCount(count) == 1) {
      String often = count == 1 ? "" : " (" + count + " times so far)";
      event(Kind.IGNORED, what + ": " + detail + often);
    }
  }

  void pool(long bytes, boolean isChecked) {
    poolBytes = bytes;
    checked = isChecked;
  }

  /** Gives a pool back. A store that fails at its end is told of, and the line is served on. */
  void giveBack(LentPool pool, boolean isChecked) {
    pool(0, isChecked);
    try {
      pool.close();
    } catch (StoreException e) {
      event(Kind.FAILED, "the pool could not be closed: " + e.getMessage());
    }
  }

  HostStatistics statistics() {
    return new HostStatistics(
        poolBytes,
        checked,
        reads.sum(),
        writes.sum(),
        bytesRead.sum(),
        bytesWritten.sum(),
        repeats.sum(),
        badFrames.sum(),
        ignored.sum());
  }
}
