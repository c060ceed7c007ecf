package dev.virtmem.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Drives each policy and its model side by side through everything that a page cache may do. */
class RandomPolicyTest {

  private static final int STEPS = 20_000;

  private final FrameBits bits = new FrameBits();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FIFO",
        "FIFO-CLEAN1",
        "FIFO-CLEAN2",
        "FIFO-CLEAN5",
        "CLOCK",
        "SIEVE",
        "LRU",
        "S3FIFO"
      })
  void agreesWithItsModel(String name) {
    for (int frames : new int[] {1, 2, 3, 4, 7, 16, 40}) {
      long seed = 31 * frames + name.hashCode();
      bits.pinned.clear();
      bits.dirty.clear();
      new Run(name, frames, seed).go();
    }
  }

  private final class Run {
    private final String name;
    private final long seed;
    private final Random random;
    private final CheckedPolicy policy;
    private final PolicyModel model;
    private final int frames;
    private final long[] pageIn;
    private final BitSet used = new BitSet();
    private int step;

    Run(String name, int frames, long seed) {
      this.name = name;
      this.frames = frames;
      this.seed = seed;
      random = new Random(seed);
      policy = Policies.create(name, frames);
      model = PolicyModel.named(name, frames);
      pageIn = new long[frames];
    }

    void go() {
      for (step = 0; step < STEPS; step++) {
        int frame = random.nextInt(frames);
        switch (random.nextInt(40)) {
          case 0, 1 -> bits.pinned.set(frame, used.get(frame) && random.nextInt(3) == 0);
          case 2, 3 -> bits.dirty.clear(frame);
          case 4 -> remove(frame);
          case 5 -> victim();
          case 6 -> removeVictim();
          case 7 -> pinMost();
          case 8 -> dirtyAll();
          default -> access();
        }
        policy.check();
      }
    }

    /** Now and then pins all frames but one or two, or unpins all. */
    private void pinMost() {
      switch (random.nextInt(8)) {
        case 0 -> {
          bits.pinned.or(used);
          bits.pinned.clear(random.nextInt(frames));
          bits.pinned.clear(random.nextInt(frames));
        }
        case 1, 2 -> bits.pinned.clear();
        default -> access();
      }
    }

    /** What a program that only writes makes of the frames. */
    private void dirtyAll() {
      bits.dirty.or(used);
      bits.pinned.clear();
    }

    private void access() {
      int span = 3 * frames + 2;
      long page = Math.min(random.nextInt(span), random.nextInt(span));
      int frame = 0;
      while (frame < frames && !(used.get(frame) && pageIn[frame] == page)) {
        frame++;
      }
      if (frame < frames) {
        policy.hit(frame);
        model.hit(frame);
      } else {
        frame = used.cardinality() < frames ? insert(page) : replace(page);
        if (frame < 0) {
          return;
        }
        used.set(frame);
        pageIn[frame] = page;
      }
      // Half of the time most writes, so that runs of searches find nothing clean.
      if (random.nextInt(3) == 0 || (step >> 9) % 2 == 0 && random.nextInt(20) > 0) {
        bits.dirty.set(frame);
      }
    }

    private int insert(long page) {
      int frame = used.nextClearBit(random.nextInt(frames));
      frame = frame < frames ? frame : used.nextClearBit(0);
      policy.inserted(frame, page);
      model.inserted(frame, page);
      return frame;
    }

    private int replace(long page) {
      int frame = victim();
      if (frame >= 0) {
        release(frame);
        policy.replaced(frame, page);
        model.evicted(frame);
        model.inserted(frame, page);
      }
      return frame;
    }

    private void removeVictim() {
      int frame = victim();
      if (frame >= 0) {
        remove(frame);
      }
    }

    private int victim() {
      int victim = policy.victim(bits);
      assertEquals(
          model.victim(bits),
          victim,
          () -> name + ", frames " + frames + ", seed " + seed + ", step " + step);
      return victim;
    }

    private void remove(int frame) {
      if (used.get(frame)) {
        release(frame);
        policy.removed(frame);
        model.removed(frame);
      }
    }

    private void release(int frame) {
      used.clear(frame);
      bits.dirty.clear(frame);
      bits.pinned.clear(frame);
    }
  }
}
