package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Tests whether a store works: that each bit can be set and cleared, that each address is one of
 * its own, and that transfers may start and end anywhere. Goes on after a step that fails, since
 * what the others find tells the causes apart; but not on a device that does not answer any more.
 */
final class SelfTest {
  private static final int BLOCK = 4096;

  private final BackingStore store;
  private final boolean overwrite;
  private final long seed;
  private final Evidence evidence = new Evidence();
  private final Probe probe;
  private final long[] blocks;
  private final int blockSize;
  private final List<Step> steps = new ArrayList<>();
  private boolean ended;

  /**
   * Prepares.
   *
   * @param store what to test
   * @param overwrite whether its contents may be lost
   * @param maxBlocks how many blocks to test at most, spread over the store
   * @param seed decides what the random tests write, and where
   * @param progress is told how many bytes were moved
   */
  SelfTest(BackingStore store, boolean overwrite, int maxBlocks, long seed, Progress progress) {
    this.store = store;
    this.overwrite = overwrite;
    this.seed = seed;
    probe = new Probe(store, overwrite, evidence, progress);
    blockSize = blockSize(store.capacity());
    blocks = spread(store.capacity(), blockSize, maxBlocks);
  }

  private static int blockSize(long capacity) {
    return (int) Math.min(BLOCK, capacity);
  }

  /** Returns the offsets of blocks, the first and the last one among them, if there are two. */
  static long[] spread(long capacity, int size, int most) {
    long all = (capacity + size - 1) / size;
    var offsets = new long[(int) Math.min(all, most)];
    for (int i = 0; i < offsets.length; i++) {
      double share = offsets.length == 1 ? 0 : (double) i / (offsets.length - 1);
      offsets[i] = Math.min(Math.round(share * (all - 1)) * size, capacity - size);
    }
    return offsets;
  }

  /**
   * Returns about how many bytes a test moves, if nothing is wrong.
   *
   * @param capacity of the store, in bytes
   * @param maxBlocks how many blocks are tested at most
   */
  static long bytes(long capacity, int maxBlocks) {
    int size = blockSize(capacity);
    long blocks = Math.min((capacity + size - 1) / size, maxBlocks);
    // Each block is saved by two reads and put back as well.
    return (blocks * (2 * Cells.PATTERNS + 3) + Ranges.RANDOM * 5 / 2) * size;
  }

  /**
   * Tests.
   *
   * @return what was tested, until the end or the device's
   */
  List<Step> run() {
    String many = Lines.format("%,d of %,d blocks", blocks.length, blocksInAll());
    var data = new DataLines(probe, store.capacity());
    var address = new AddressLines(probe, store.capacity());
    var cells = new Cells(probe, evidence);
    var ranges = new Ranges(probe, evidence, store.capacity(), blockSize, seed);
    step("data lines", "8 lines", () -> evidence.dataLines().addAll(data.faults()));
    step(
        "address lines",
        address.lines() + " lines",
        () -> evidence.addressLines().addAll(address.faults()));
    step(
        "patterns",
        many,
        () -> {
          for (long offset : blocks) {
            cells.test(offset, blockSize);
          }
        });
    step("random ranges", Ranges.RANDOM + ", seed " + seed, ranges::random);
    step("boundaries", "ends, neighbours, scattered", ranges::boundaries);
    if (overwrite) {
      var overlaps = new Overlaps(probe, evidence, store.capacity(), blocks, blockSize, seed);
      step("all together", many, overlaps::test);
    }
    return List.copyOf(steps);
  }

  private long blocksInAll() {
    return (store.capacity() + blockSize - 1) / blockSize;
  }

  /** Returns what was found so far. */
  Evidence evidence() {
    return evidence;
  }

  private void step(String name, String detail, Runnable test) {
    if (ended) {
      return;
    }
    int lineFaults = lineFaults();
    long failures = evidence.failures();
    boolean refused = evidence.notRefused().isEmpty();
    String failure = null;
    try {
      test.run();
      store.sync();
    } catch (SilentException | StoreException e) {
      ended = true;
      failure = Lines.withoutBytes(e.getMessage());
    }
    Optional<Mismatch> mismatch = evidence.takeMismatch();
    if (failure == null) {
      if (lineFaults() > lineFaults) {
        failure = Lines.format("%d of them", lineFaults() - lineFaults);
      } else if (mismatch.isPresent()) {
        failure = mismatch.get().toString();
      } else if (refused && evidence.notRefused().isPresent()) {
        failure = evidence.notRefused().get() + " beyond the end was not refused";
      } else if (evidence.failures() > failures) {
        failure = evidence.firstFailure();
      }
    }
    steps.add(new Step(name, detail, Optional.ofNullable(failure), mismatch));
  }

  private int lineFaults() {
    return evidence.dataLines().size() + evidence.addressLines().size();
  }
}
