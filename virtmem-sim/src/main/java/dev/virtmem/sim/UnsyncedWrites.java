package dev.virtmem.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What was written to a card and is not certain to be on it: since the last sync. */
final class UnsyncedWrites {
  private final List<Write> writes = new ArrayList<>();

  private record Write(int offset, byte[] bytes) {}

  /** The ways in which a cut may choose; each leaves another kind of mess. */
  private enum Loss {
    /** Each sector for itself: torn writes. */
    SECTORS,
    /** Each write for itself: reordered writes. */
    WRITES,
    /** The first ones are there, the next one is torn. */
    LAST,
    /** The last ones are there, the earlier ones are not. */
    FIRST
  }

  void add(int offset, byte[] bytes) {
    writes.add(new Write(offset, bytes));
  }

  /** All of them are on the card. */
  void settle(byte[] medium) {
    for (Write write : writes) {
      System.arraycopy(write.bytes, 0, medium, write.offset, write.bytes.length);
    }
    writes.clear();
  }

  /** Puts on the medium what a power cut happens to let through. */
  void cut(byte[] medium, int unit, RandomGenerator random) {
    Loss loss = Loss.values()[random.nextInt(Loss.values().length)];
    int turn = random.nextInt(writes.size() + 1);
    for (int i = 0; i < writes.size(); i++) {
      Write write = writes.get(i);
      switch (loss) {
        case SECTORS -> tear(write, medium, unit, random);
        case WRITES -> put(write, medium, random.nextBoolean());
        case LAST -> {
          if (i == turn) {
            tear(write, medium, unit, random);
          } else {
            put(write, medium, i < turn);
          }
        }
        case FIRST -> put(write, medium, i >= turn);
      }
    }
  }

  private static void put(Write write, byte[] medium, boolean there) {
    if (there) {
      System.arraycopy(write.bytes, 0, medium, write.offset, write.bytes.length);
    }
  }

  private static void tear(Write write, byte[] medium, int unit, RandomGenerator random) {
    int end = write.offset + write.bytes.length;
    for (int from = write.offset; from < end; ) {
      int to = Math.min(end, (from / unit + 1) * unit);
      if (random.nextBoolean()) {
        System.arraycopy(write.bytes, from - write.offset, medium, from, to - from);
      }
      from = to;
    }
  }
}
