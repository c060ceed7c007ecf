package dev.virtmem.cli;

import dev.virtmem.store.TransferBuffer;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import java.util.function.Supplier;

/** Transfers that start and end anywhere, and the bytes next to them. */
final class Ranges {
  static final int RANDOM = 64;

  private static final int TRIES = 3;

  private final Probe probe;
  private final Evidence evidence;
  private final long capacity;
  private final int longest;
  private final long seed;

  /**
   * Prepares.
   *
   * @param capacity of the store, in bytes
   * @param longest transfer, in bytes; at most the capacity
   * @param seed decides what is written, and where
   */
  Ranges(Probe probe, Evidence evidence, long capacity, int longest, long seed) {
    this.probe = probe;
    this.evidence = evidence;
    this.capacity = capacity;
    this.longest = longest;
    this.seed = seed;
  }

  void random() {
    var random = new Random(seed);
    for (int i = 0; i < RANDOM; i++) {
      int length = random.nextInt(longest) + 1;
      long offset = random.nextLong(capacity - length + 1);
      var bytes = new byte[length];
      random.nextBytes(bytes);
      roundTrip(offset, bytes);
    }
  }

  /** What is wrong for good is either a stuck bit or a riddle. */
  private void roundTrip(long offset, byte[] bytes) {
    var wrong = new byte[1][];
    probe.in(offset, bytes.length, () -> wrong[0] = probe.roundTrip(offset, bytes));
    int first = Bits.first(wrong[0]);
    if (first < 0) {
      return;
    }
    int last = bytes.length - 1;
    while (wrong[0][last] == 0) {
      last--;
    }
    if (new Cells(probe, evidence).test(offset + first, last - first + 1)) {
      unlessStuck(offset, bytes, wrong[0]).ifPresent(evidence::unexplained);
    }
  }

  private Optional<Mismatch> unlessStuck(long offset, byte[] bytes, byte[] wrong) {
    for (int i = 0; i < wrong.length; i++) {
      if ((wrong[i] & ~evidence.stuckBits().at(offset + i)) != 0) {
        return Optional.of(Probe.mismatch(offset, bytes, wrong, i));
      }
    }
    return Optional.empty();
  }

  void boundaries() {
    long last = capacity - 1;
    for (long offset : new long[] {0, last}) {
      roundTrip(offset, new byte[] {0x5A});
    }
    refuses(last, 2);
    refuses(capacity, 1);
    refuses(-1, 1);
    // A short write must leave its neighbours alone, and pieces of a transfer keep their order.
    int length = (int) Math.min(64, capacity);
    long start = (capacity - length) / 2;
    var bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    probe.in(
        start,
        length,
        () -> {
          always(() -> shortWrite(start, bytes)).ifPresent(evidence::unexplained);
          always(() -> scattered(start, bytes)).ifPresent(evidence::unexplained);
        });
  }

  /** Returns what a test finds, if it does so each time; once may be an error of the bus. */
  private Optional<Mismatch> always(Supplier<Optional<Mismatch>> test) {
    for (int i = 0; i < TRIES; i++) {
      Optional<Mismatch> found = test.get();
      if (found.isEmpty()) {
        return found;
      }
      evidence.mismatch(found.get());
      if (i == TRIES - 1) {
        return found;
      }
    }
    return Optional.empty();
  }

  private Optional<Mismatch> shortWrite(long start, byte[] bytes) {
    int middle = bytes.length / 2;
    probe.write(start, bytes);
    var expected = bytes.clone();
    expected[middle] ^= 0x3C;
    probe.write(start + middle, new byte[] {expected[middle]});
    return compare(start, expected);
  }

  private Optional<Mismatch> scattered(long offset, byte[] bytes) {
    int half = bytes.length / 2;
    var halves = new TransferBuffer(bytes, 2);
    halves.add(half, bytes.length - half);
    halves.add(0, half);
    probe.transfer(offset, halves, true);
    byte[] expected = Arrays.copyOfRange(bytes, half, half + bytes.length);
    System.arraycopy(bytes, 0, expected, bytes.length - half, half);
    return compare(offset, expected);
  }

  private Optional<Mismatch> compare(long offset, byte[] expected) {
    byte[] wrong = Bits.xor(expected, probe.settled(offset, expected.length));
    return unlessStuck(offset, expected, wrong);
  }

  private void refuses(long offset, int length) {
    try {
      probe.read(offset, length);
    } catch (IndexOutOfBoundsException e) {
      return;
    }
    evidence.notRefused(Lines.format("a read of %d bytes at offset %,d", length, offset));
  }
}
