package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;

/**
 * Repeats a test at all clocks, from the lowest one up: what a clock that is too high does to a
 * chip cannot change what is found at those below it. What is wrong for good at the lowest clock
 * that works is a fault of another kind, and counts at none.
 */
final class ClockMargin {
  /** Bits moved at a clock, of which an error rate of 1 in 100,000 makes some 20 wrong. */
  private static final int BITS = 1 << 21;

  /** How many bytes are moved at each clock, about. */
  static final long BYTES_PER_CLOCK = BITS / 8;

  private static final int BLOCK = 4096;
  private static final int MOST_BLOCKS = 16;

  private final Clocks clocks;
  private final Progress progress;
  private final List<ClockResult> results = new ArrayList<>();

  /** By block and pattern; null until the first clock at which the store can be opened. */
  private byte[][] wrongForGood;

  /**
   * Prepares. The contents of the store will be lost.
   *
   * @param clocks opens the store, which is closed before each
   * @param progress is told how many bytes were moved
   */
  ClockMargin(Clocks clocks, Progress progress) {
    this.clocks = clocks;
    this.progress = progress;
  }

  /** Tests at each clock that the part can stand. */
  List<ClockResult> run() {
    for (int hz : clocks.rising()) {
      BackingStore store;
      try {
        store = clocks.open(hz);
      } catch (IllegalArgumentException e) {
        // Above the part's limit, as are all that follow.
        break;
      } catch (StoreException e) {
        results.add(ClockResult.closed(hz, e));
        continue;
      }
      try (store) {
        results.add(test(store, hz));
      }
    }
    return List.copyOf(results);
  }

  private ClockResult test(BackingStore store, int hz) {
    var evidence = new Evidence();
    var probe = new Probe(store, true, evidence, progress);
    int size = (int) Math.min(BLOCK, store.capacity());
    long[] blocks = SelfTest.spread(store.capacity(), size, MOST_BLOCKS);
    boolean first = wrongForGood == null;
    var masks = first ? new byte[2 * blocks.length][] : wrongForGood;
    long bits = 0;
    long wrongBits = 0;
    long errors = 0;
    Optional<String> failure = Optional.empty();
    try {
      while (bits < BITS) {
        for (int i = 0; i < masks.length; i++) {
          byte[] bytes = pattern(i, size);
          long offset = blocks[i / 2];
          probe.write(offset, bytes);
          byte[] wrong = probe.wrong(offset, bytes);
          if (masks[i] == null) {
            masks[i] =
                Bits.first(wrong) < 0 ? wrong : Bits.and(wrong, probe.roundTrip(offset, bytes));
          }
          Bits flipped = Bits.of(Bits.and(wrong, Bits.not(masks[i])));
          bits += 2 * 8 * size;
          wrongBits += flipped.count();
          errors += flipped.errors();
        }
      }
      wrongForGood = masks;
    } catch (SilentException | StoreException e) {
      failure = Optional.of(e.getMessage());
    }
    return new ClockResult(hz, bits, wrongBits, errors, evidence.failures(), failure);
  }

  /** Random bytes, and the same inverted: each bit is 0 and 1, and neighbours differ. */
  private static byte[] pattern(int index, int size) {
    var bytes = new byte[size];
    new Random(index / 2).nextBytes(bytes);
    return index % 2 == 0 ? bytes : Bits.not(bytes);
  }

  /** Returns the highest clock at which the store passed, as it did at all lower ones. */
  static OptionalInt safe(List<ClockResult> results) {
    OptionalInt safe = OptionalInt.empty();
    for (ClockResult result : results) {
      if (!result.passed()) {
        break;
      }
      safe = OptionalInt.of(result.hz());
    }
    return safe;
  }

  /**
   * Returns the clock to use: the highest safe one, if none has failed; else one that is lower by a
   * fifth at least.
   */
  static OptionalInt advised(List<ClockResult> results) {
    OptionalInt safe = safe(results);
    if (safe.isEmpty() || results.stream().allMatch(ClockResult::passed)) {
      return safe;
    }
    return OptionalInt.of(
        Clocks.below(results.stream().map(ClockResult::hz).toList(), safe.getAsInt()));
  }
}
