package dev.virtmem.cli;

import java.util.ArrayList;
import java.util.List;

/**
 * Finds address lines that are stuck or tied to another one: they make two offsets the same byte.
 * Each line is tried with all others 0, with all others 1, and with a mixture.
 */
final class AddressLines {
  private static final long MIXTURE = 0x2D93_A6C5_71E8_4B37L;

  private final Probe probe;
  private final long capacity;

  AddressLines(Probe probe, long capacity) {
    this.probe = probe;
    this.capacity = capacity;
  }

  /** Returns the number of lines: bits that an offset has. */
  int lines() {
    return Long.SIZE - Long.numberOfLeadingZeros(capacity - 1);
  }

  /** Returns the lines that do not work. */
  List<LineFault> faults() {
    var faults = new ArrayList<LineFault>();
    var sometimes = new ArrayList<Integer>();
    for (int line = 0; line < lines(); line++) {
      int tried = 0;
      int same = 0;
      for (long others : new long[] {0, ~0L, MIXTURE}) {
        long without = others & capacityMask() & ~(1L << line);
        long with = without | 1L << line;
        if (with < capacity) {
          tried++;
          same += same(without, with) ? 1 : 0;
        }
      }
      if (same == tried) {
        faults.add(LineFault.of(LineFault.Kind.DEAD, line));
      } else if (same > 0) {
        sometimes.add(line);
      }
    }
    for (int line : sometimes) {
      for (int other : sometimes) {
        if (line < other) {
          tied(line, other, faults);
        }
      }
    }
    return faults;
  }

  /** Returns the bits that an offset can have, together with all below them. */
  private long capacityMask() {
    return Long.highestOneBit(capacity) - 1;
  }

  private void tied(int line, int other, List<LineFault> faults) {
    long one = 1L << line;
    long two = 1L << other;
    if ((one | two) >= capacity || !same(one, two)) {
      return;
    }
    if (same(0, one) && !same(one, one | two)) {
      faults.add(new LineFault(LineFault.Kind.AND, line, other));
    } else if (same(one, one | two) && !same(0, one)) {
      faults.add(new LineFault(LineFault.Kind.OR, line, other));
    }
  }

  /** Tells whether what is written at one offset is read at another, and the reverse. */
  private boolean same(long a, long b) {
    var same = new boolean[1];
    probe.in(a, 1, () -> probe.in(b, 1, () -> same[0] = shows(a, b) && shows(b, a)));
    return same[0];
  }

  /** Tells whether a byte changes when another one is written, and then to the same value. */
  private boolean shows(long written, long read) {
    probe.write(read, new byte[] {0x35});
    int before = probe.settled(read, 1)[0];
    probe.write(written, new byte[] {(byte) 0xCA});
    int after = probe.settled(read, 1)[0];
    return before != after && after == probe.settled(written, 1)[0];
  }
}
