package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Proves that a store works: that each bit can be set and cleared, that each address is one of its
 * own, and that transfers may start and end anywhere. Ends at the first failure.
 */
final class SelfTest {
  private static final int BLOCK = 4096;
  private static final int RANGES = 64;

  private final BackingStore store;
  private final boolean overwrite;
  private final long seed;
  private final Probe probe;
  private final long[] blocks;
  private final int blockSize;
  private final List<Step> steps = new ArrayList<>();

  /**
   * A test.
   *
   * @param name what was tested
   * @param detail how much of it
   * @param failure what went wrong, or nothing
   */
  record Step(String name, String detail, Optional<RuntimeException> failure) {}

  /**
   * Prepares.
   *
   * @param store what to test
   * @param overwrite whether its contents may be lost
   * @param maxBlocks how many blocks to test at most, spread over the store
   * @param seed decides what the random tests write, and where
   */
  SelfTest(BackingStore store, boolean overwrite, int maxBlocks, long seed) {
    this.store = store;
    this.overwrite = overwrite;
    this.seed = seed;
    probe = new Probe(store, overwrite);
    blockSize = (int) Math.min(BLOCK, store.capacity());
    blocks = spread(store.capacity(), blockSize, maxBlocks);
  }

  /** Returns the offsets of blocks, the first and the last one among them, if there are two. */
  private static long[] spread(long capacity, int size, int most) {
    long all = (capacity + size - 1) / size;
    var offsets = new long[(int) Math.min(all, most)];
    for (int i = 0; i < offsets.length; i++) {
      double share = offsets.length == 1 ? 0 : (double) i / (offsets.length - 1);
      offsets[i] = Math.min(Math.round(share * (all - 1)) * size, capacity - size);
    }
    return offsets;
  }

  /** Returns the number of blocks that are tested. */
  int blocks() {
    return blocks.length;
  }

  /**
   * Tests.
   *
   * @param progress goes to {@link #blocks()}
   * @return what was tested; only the last step can have failed
   */
  List<Step> run(Progress progress) {
    String many = Lines.format("%,d of %,d blocks", blocks.length, blocksInAll());
    boolean works =
        step("patterns", many, () -> patterns(progress))
            && step("address lines", probes().length + " offsets", this::addressLines)
            && step("random ranges", RANGES + ", seed " + seed, this::randomRanges)
            && step("boundaries", "ends, neighbours, scattered", this::boundaries);
    if (works && overwrite) {
      step("all together", many, this::allTogether);
    }
    return List.copyOf(steps);
  }

  private long blocksInAll() {
    return (store.capacity() + blockSize - 1) / blockSize;
  }

  private boolean step(String name, String detail, Runnable test) {
    try {
      test.run();
      steps.add(new Step(name, detail, Optional.empty()));
      return true;
    } catch (MismatchException | StoreException e) {
      steps.add(new Step(name, detail, Optional.of(e)));
      return false;
    }
  }

  /** Each bit 0 and 1, each data line alone. */
  private void patterns(Progress progress) {
    long done = 0;
    for (long offset : blocks) {
      probe.in(
          offset,
          blockSize,
          () -> {
            for (int value : new int[] {0x00, 0xFF, 0x55, 0xAA}) {
              var bytes = new byte[blockSize];
              Arrays.fill(bytes, (byte) value);
              probe.roundTrip(offset, bytes);
            }
            var walking = new byte[blockSize];
            for (int i = 0; i < blockSize; i++) {
              walking[i] = (byte) (1 << (i & 7));
            }
            probe.roundTrip(offset, walking);
            for (int i = 0; i < blockSize; i++) {
              walking[i] = (byte) ~walking[i];
            }
            probe.roundTrip(offset, walking);
          });
      progress.to(++done);
    }
  }

  /** Offset 0, those at which one address line is on, and the last one. */
  private long[] probes() {
    var offsets = new ArrayList<Long>(List.of(0L));
    for (long offset = 1; offset > 0 && offset < store.capacity(); offset <<= 1) {
      offsets.add(offset);
    }
    if (!offsets.contains(store.capacity() - 1)) {
      offsets.add(store.capacity() - 1);
    }
    return offsets.stream().mapToLong(Long::longValue).toArray();
  }

  /** A line that is stuck, or tied to another one, makes two offsets the same byte. */
  private void addressLines() {
    long[] probes = probes();
    var saved = new byte[probes.length];
    for (int i = 0; i < probes.length; i++) {
      saved[i] = probe.read(probes[i], 1)[0];
    }
    try {
      for (int i = 0; i < probes.length; i++) {
        probe.write(probes[i], new byte[] {(byte) (i + 1)});
      }
      for (int i = 0; i < probes.length; i++) {
        int found = probe.read(probes[i], 1)[0] & 0xFF;
        if (found != i + 1) {
          String hint =
              found > 0 && found <= probes.length
                  ? Lines.format("it is the same byte as that at offset %,d", probes[found - 1])
                  : "";
          throw new MismatchException(probes[i], i + 1, found, hint);
        }
      }
    } finally {
      for (int i = 0; i < probes.length; i++) {
        probe.write(probes[i], new byte[] {saved[i]});
      }
    }
  }

  private void randomRanges() {
    var random = new Random(seed);
    for (int i = 0; i < RANGES; i++) {
      int length = random.nextInt(blockSize) + 1;
      long offset = random.nextLong(store.capacity() - length + 1);
      var bytes = new byte[length];
      random.nextBytes(bytes);
      probe.in(offset, length, () -> probe.roundTrip(offset, bytes));
    }
  }

  private void boundaries() {
    long last = store.capacity() - 1;
    for (long offset : new long[] {0, last}) {
      probe.in(offset, 1, () -> probe.roundTrip(offset, new byte[] {0x5A}));
    }
    refuses(last, 2);
    refuses(store.capacity(), 1);
    refuses(-1, 1);
    // A short write must leave its neighbours alone, and pieces of a transfer keep their order.
    int length = Math.min(64, blockSize);
    long start = (store.capacity() - length) / 2;
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    probe.in(
        start,
        length,
        () -> {
          probe.write(start, bytes);
          bytes[length / 2] ^= 0x3C;
          probe.write(start + length / 2, new byte[] {bytes[length / 2]});
          probe.expect(start, bytes);
          scattered(start, bytes);
        });
    store.sync();
  }

  private void scattered(long offset, byte[] bytes) {
    int half = bytes.length / 2;
    var halves = new TransferBuffer(bytes, 2);
    halves.add(half, bytes.length - half);
    halves.add(0, half);
    store.write(offset, halves);
    byte[] expected = Arrays.copyOfRange(bytes, half, half + bytes.length);
    System.arraycopy(bytes, 0, expected, bytes.length - half, half);
    probe.expect(offset, expected);
  }

  private void refuses(long offset, int length) {
    try {
      probe.read(offset, length);
    } catch (IndexOutOfBoundsException e) {
      return;
    }
    throw new StoreException(
        Lines.format(
            "a read of %d bytes at offset %,d beyond the end was not refused", length, offset));
  }

  /** All blocks are written before the first is read: no two may share a byte. */
  private void allTogether() {
    for (long offset : blocks) {
      probe.write(offset, randomBlock(offset));
    }
    for (long offset : blocks) {
      probe.expect(offset, randomBlock(offset));
    }
  }

  private byte[] randomBlock(long offset) {
    var bytes = new byte[(int) Math.min(blockSize, nextBlock(offset) - offset)];
    new Random(seed ^ offset * 0x9E3779B97F4A7C15L).nextBytes(bytes);
    return bytes;
  }

  /** The last block may overlap the one before. */
  private long nextBlock(long offset) {
    int at = Arrays.binarySearch(blocks, offset);
    return at + 1 < blocks.length ? blocks[at + 1] : store.capacity();
  }
}
