package dev.virtmem.cli;

import dev.virtmem.spiram.Verification;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/**
 * Tests a store that it opens itself, as often as that is needed: one with a clock is tried at
 * several. Its contents are read at the lowest clock before anything else, and put back at that
 * clock in the end, since at a bad one any byte may be hit. Runs once.
 */
final class SelfTestSession {
  private final Clocks clocks;
  private final boolean overwrite;
  private final int maxBlocks;
  private final long seed;

  private final List<Step> steps = new ArrayList<>();
  private List<ClockResult> results = List.of();
  private List<Speed> speeds = List.of();
  private Evidence evidence = new Evidence();
  private String name;
  private long capacity;

  /** The lowest clock that the store can be opened at, in Hz; 0 if it has none. */
  private int lowest;

  /** The clock that the user would have, in Hz, and the one of the tests. */
  private int hz;

  private int testedHz;
  private long lost;
  private Verification.Counts verification = Verification.Counts.NONE;
  private Progress progress;

  /**
   * Prepares.
   *
   * @param clocks opens the store
   * @param overwrite whether its contents may be lost
   * @param maxBlocks how many blocks to test at most
   * @param seed decides what the random tests do
   */
  SelfTestSession(Clocks clocks, boolean overwrite, int maxBlocks, long seed) {
    this.clocks = clocks;
    this.overwrite = overwrite;
    this.maxBlocks = maxBlocks;
    this.seed = seed;
  }

  /**
   * Tests.
   *
   * @return what was found
   * @throws IllegalArgumentException if the URI is wrong
   * @throws StoreException if the device cannot be opened, at whatever clock
   */
  SelfTestResult run() {
    BackingStore first = openFirst();
    name = first.toString();
    capacity = first.capacity();
    try (var bar = Progress.start("Testing", bytes(), "KiB", 1024)) {
      progress = bar;
      if (lowest == 0) {
        try (first) {
          test(first);
        }
        lost = evidence.notRestored();
      } else {
        testAtClocks(first);
      }
      boolean ended = evidence.isDead() || evidence.silent().isPresent();
      var seen = new Observed(capacity, evidence, results, hz, testedHz, ended && answers(), lost);
      return new SelfTestResult(
          name, overwrite, List.copyOf(steps), seen, Diagnosis.of(seen), speeds, verification);
    }
  }

  private BackingStore openFirst() {
    lowest = clocks.rising().getFirst();
    try {
      return clocks.open(lowest);
    } catch (IllegalArgumentException e) {
      lowest = 0;
      return clocks.open();
    } catch (StoreException e) {
      return openSlower();
    }
  }

  /** Opens a store that does not answer at the lowest of the usual clocks. */
  private BackingStore openSlower() {
    clocks.slower();
    lowest = clocks.rising().getFirst();
    try {
      return clocks.open(lowest);
    } catch (StoreException e) {
      // Should it work at the clock asked for, that one has to do.
      BackingStore store = clocks.open();
      lowest = hz(store);
      return store;
    }
  }

  private long bytes() {
    long bytes = SelfTest.bytes(capacity, maxBlocks);
    return lowest == 0
        ? bytes
        : bytes + 4 * capacity + clocks.rising().size() * ClockMargin.BYTES_PER_CLOCK;
  }

  private void test(BackingStore store) {
    name = store.toString();
    var test = new SelfTest(store, overwrite, maxBlocks, seed, progress);
    evidence = test.evidence();
    steps.addAll(test.run());
    verification = Verification.countsOf(store);
    if (steps.stream().allMatch(Step::passed)) {
      speeds = Speed.of(store);
    }
  }

  private void testAtClocks(BackingStore slow) {
    hz = lowest;
    testedHz = lowest;
    Contents contents = null;
    try (slow) {
      if (!overwrite) {
        contents = Contents.save(slow, evidence, progress);
      }
    } catch (SilentException | StoreException e) {
      steps.add(Step.failed("contents", "to be put back in the end", e));
      lost = evidence.notRestored();
      verification = Verification.countsOf(slow);
      return;
    }
    try {
      results = new ClockMargin(clocks, progress).run();
      testAtBestClock();
    } finally {
      if (contents != null) {
        restore(contents);
      }
    }
  }

  /** Tests at the clock asked for; or, if that is bad, at one where other faults can be seen. */
  private void testAtBestClock() {
    OptionalInt better = ClockMargin.advised(results);
    try (BackingStore store = clocks.open()) {
      hz = hz(store);
      if (better.isEmpty() || hz <= ClockMargin.safe(results).getAsInt()) {
        testedHz = hz;
        test(store);
        return;
      }
    } catch (StoreException e) {
      if (better.isEmpty()) {
        throw e;
      }
      hz = clocks.asked().orElse(results.getLast().hz());
    }
    testedHz = better.getAsInt();
    try (BackingStore store = clocks.open(testedHz)) {
      test(store);
    }
  }

  private void restore(Contents contents) {
    try (BackingStore store = clocks.open(lowest)) {
      lost = contents.restore(store, progress);
    } catch (StoreException e) {
      lost = capacity;
    }
  }

  /** Tells whether the device answers when it is opened anew. */
  private boolean answers() {
    try (BackingStore store = testedHz == 0 ? clocks.open() : clocks.open(testedHz)) {
      new Probe(store, overwrite, new Evidence(), progress).checkSilence();
      return true;
    } catch (SilentException | StoreException e) {
      return false;
    }
  }

  /** Returns the clock of a store that has one: a byte takes 8 clocks. */
  private int hz(BackingStore store) {
    return clocks.asked().orElseGet(() -> (int) Math.round(8e9 / store.cost().readNanosPerByte()));
  }
}
