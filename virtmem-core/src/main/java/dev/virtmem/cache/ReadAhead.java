package dev.virtmem.cache;

import java.util.Arrays;

/**
 * Decides how much a fault reads. A fault on its own reads little; one that goes on where an
 * earlier read ended, upwards or downwards, belongs to a stream and reads several times as much as
 * that one did, up to a bound. Several streams are followed at once, the least recently continued
 * one is forgotten first.
 */
final class ReadAhead {
  private final int first;
  private final int growth;
  private final int bound;
  private final int slack;

  /** Whether a stream may read more than a fault on its own. */
  private final boolean follows;

  private final long[] low;
  private final long[] high;
  private final int[] size;
  private final long[] used;
  private long clock;
  private int latest;

  /** The range that the last {@link #plan} chose. */
  long from;

  long to;

  ReadAhead(CacheSettings settings) {
    first = settings.firstFetch();
    growth = settings.growth();
    bound = settings.maxFetch();
    follows = bound > first;
    slack = Math.min(first, 16);
    int streams = follows ? settings.streams() : 0;
    low = new long[streams];
    high = new long[streams];
    size = new int[streams];
    used = new long[streams];
    forget();
  }

  /** Forgets all streams. */
  void forget() {
    Arrays.fill(low, Long.MIN_VALUE);
    Arrays.fill(high, Long.MIN_VALUE);
  }

  /**
   * Plans the read for a fault.
   *
   * @param address first byte that is needed
   * @param length bytes that are needed
   * @param known bytes from {@code address} on that the caller is about to read anyway
   */
  void plan(long address, int length, long known) {
    if (!follows) {
      from = address & -first;
      to = Math.max(address + length, from + first);
    } else {
      planStream(address, length, known);
    }
  }

  private void planStream(long address, int length, long known) {
    long end = address + length;
    int stream = 0;
    int direction = 0;
    for (int i = 0; i < low.length; i++) {
      if (address >= high[i] && address <= high[i] + slack) {
        stream = i;
        direction = 1;
        break;
      }
      if (end <= low[i] && end >= low[i] - slack) {
        stream = i;
        direction = -1;
        break;
      }
      if (used[i] < used[stream]) {
        stream = i;
      }
    }
    int want = first;
    if (direction != 0) {
      want = (int) Math.min(bound, (long) size[stream] * growth);
    }
    if (known > want) {
      want = (int) Math.min(bound, known);
    }
    if (direction < 0) {
      from = Math.max(0, Math.min(address, end - want));
      to = Math.max(end, address + Math.min(known, want));
    } else if (direction > 0) {
      from = address;
      to = Math.max(end, address + want);
    } else {
      from = address & -first;
      to = Math.max(end, Math.max(from + first, address + (known > length ? want : 0)));
    }
    latest = stream;
    size[stream] = want;
    used[stream] = ++clock;
  }

  /** Notes what was really read by the last plan, so that its stream goes on from there. */
  void done(long start, long end) {
    if (follows) {
      low[latest] = start;
      high[latest] = end;
    }
  }
}
