package dev.virtmem.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds data lines that are stuck or tied to another one: writes each value of a byte at three
 * places, and looks for what each bit that comes back depends on. A fault of a line shows at all
 * places, one of a cell at a single one.
 */
final class DataLines {
  static final int PLACES = 3;

  private static final int VALUES = 256;

  /** How many of the values may come back wrong by chance; two guesses differ in 64 or more. */
  private static final int TOLERANCE = 8;

  private final Probe probe;
  private final long capacity;

  DataLines(Probe probe, long capacity) {
    this.probe = probe;
    this.capacity = capacity;
  }

  /**
   * Tests.
   *
   * @return the lines that do not work
   * @throws SilentException if none of them does
   */
  List<LineFault> faults() {
    int length = (int) Math.min(VALUES, capacity);
    Set<LineFault> faults = null;
    for (int place = 0; place < PLACES; place++) {
      long offset = (capacity - length) * place / (PLACES - 1);
      var here = new HashSet<LineFault>();
      int[] found = table(offset, length);
      for (int bit = 0; bit < 8; bit++) {
        guess(bit, found, here);
      }
      if (faults == null) {
        faults = here;
      } else {
        faults.retainAll(here);
      }
    }
    if (faults.size() == 8) {
      probe.checkSilence();
    }
    var sorted = new ArrayList<>(faults);
    sorted.sort((a, b) -> Integer.compare(a.line(), b.line()));
    return sorted;
  }

  /** Returns what comes back of each value. */
  private int[] table(long offset, int length) {
    var found = new int[VALUES];
    probe.in(
        offset,
        length,
        () -> {
          for (int from = 0; from < VALUES; from += length) {
            var bytes = new byte[Math.min(length, VALUES - from)];
            for (int i = 0; i < bytes.length; i++) {
              bytes[i] = (byte) (from + i);
            }
            probe.write(offset, bytes);
            byte[] back = probe.settled(offset, bytes.length);
            for (int i = 0; i < bytes.length; i++) {
              found[from + i] = back[i] & 0xFF;
            }
          }
        });
    return found;
  }

  private static void guess(int bit, int[] found, Set<LineFault> faults) {
    if (wrong(LineFault.of(LineFault.Kind.COPY, bit), found) <= TOLERANCE) {
      return;
    }
    LineFault best = null;
    int least = TOLERANCE + 1;
    for (LineFault guess : guesses(bit)) {
      int wrong = wrong(guess, found);
      if (wrong < least) {
        least = wrong;
        best = guess;
      }
    }
    if (best != null) {
      faults.add(best);
    }
  }

  private static List<LineFault> guesses(int bit) {
    var guesses = new ArrayList<LineFault>();
    guesses.add(LineFault.of(LineFault.Kind.ZERO, bit));
    guesses.add(LineFault.of(LineFault.Kind.ONE, bit));
    for (int other = 0; other < 8; other++) {
      if (other != bit) {
        guesses.add(new LineFault(LineFault.Kind.COPY, bit, other));
        guesses.add(new LineFault(LineFault.Kind.AND, bit, other));
        guesses.add(new LineFault(LineFault.Kind.OR, bit, other));
      }
    }
    return guesses;
  }

  /** Returns how many values a guess does not explain. */
  private static int wrong(LineFault guess, int[] found) {
    int wrong = 0;
    for (int value = 0; value < found.length; value++) {
      int own = value >> guess.line() & 1;
      int other = value >> guess.other() & 1;
      int expected =
          switch (guess.kind()) {
            case ZERO, DEAD -> 0;
            case ONE -> 1;
            case COPY -> other;
            case AND -> own & other;
            case OR -> own | other;
          };
      wrong += (found[value] >> guess.line() & 1) == expected ? 0 : 1;
    }
    return wrong;
  }
}
