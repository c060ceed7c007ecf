package dev.virtmem.serial;

import java.util.Arrays;

/** Ranges of the pool. */
final class Ranges {
  private long[] bounds = new long[2];
  private int length;

  void clear() {
    length = 0;
  }

  void add(long from, long end) {
    if (length == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * length);
    }
    bounds[length++] = from;
    bounds[length++] = end;
  }

  void set(Ranges other) {
    if (bounds.length < other.length) {
      bounds = new long[other.length];
    }
    System.arraycopy(other.bounds, 0, bounds, 0, other.length);
    length = other.length;
  }

  boolean overlap(long from, long end) {
    for (int i = 0; i < length; i += 2) {
      if (bounds[i] < end && from < bounds[i + 1]) {
        return true;
      }
    }
    return false;
  }
}
