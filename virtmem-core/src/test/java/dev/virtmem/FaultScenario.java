package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.FaultyStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A program that uses a memory in all ways, does again what a failing store made fail, and keeps a
 * copy of what it wrote. Without faults each run does the same.
 */
final class FaultScenario {
  private static final int POOL = 5000;
  private static final int REGION = 1500;

  record Pair(int number, long other) {}

  private final Random random = new Random(42);
  private final HeapStore device = new HeapStore(POOL, Costs.SPI);
  private final FaultyStore faulty = new FaultyStore(device);
  private final KeptStore store;
  private final UnaryOperator<VirtualMemoryBuilder> geometry;
  private final FaultMode mode;

  private VirtualMemory memory;
  private byte[] expected;

  /** Where the copy starts in the memory. */
  private int base;

  /** What the operation under way may have changed. */
  private int touchedFrom;

  private int touchedTo;

  FaultScenario(UnaryOperator<VirtualMemoryBuilder> geometry, FaultMode mode) {
    this.geometry = geometry;
    this.mode = mode;
    boolean garbage = mode == FaultMode.GARBAGE;
    store = new KeptStore(garbage ? new ScribblingStore(faulty, device) : faulty);
  }

  /** Runs with a fault at the n-th operation of the store; returns whether there were so many. */
  boolean run(long n) {
    switch (mode) {
      case ONCE, GARBAGE -> faulty.failAt(n);
      case TORN -> {
        faulty.tearWrites(n);
        faulty.failAt(n);
      }
      case FOR_GOOD -> faulty.failFrom(n);
    }
    open();
    useHeap();
    close();
    open();
    useAll();
    close();
    return faulty.failures() > 0;
  }

  private void open() {
    memory = geometry.apply(VirtualMemory.builder(store)).open();
  }

  private void close() {
    attempt(memory::close);
    var stored = new byte[expected.length];
    device.read(base, stored, 0, stored.length);
    assertArrayEquals(expected, stored, "in the store");
  }

  private void useHeap() {
    expected = new byte[0];
    base = (int) allocate(REGION).address();
    expected = new byte[REGION];
    write(0, REGION);
    List<Pointer> blocks = new ArrayList<>();
    for (int round = 0; round < 12; round++) {
      blocks.add(allocate(5 + random.nextInt(60)));
      change(random.nextInt(5));
      blocks.add(allocateRecord(round));
      if (round % 3 == 2) {
        free(blocks.remove(random.nextInt(blocks.size())));
        attempt(memory::drop);
      }
      change(random.nextInt(5));
    }
    attempt(memory::check);
    compare();
    blocks.forEach(this::free);
    attempt(memory::flush);
    attempt(memory::check);
  }

  private void useAll() {
    compare();
    int start = (int) memory.start();
    expected = new byte[POOL - 100 - start];
    device.read(start, expected, 0, expected.length);
    base = start;
    write(0, 700);
    write(500, 1000 + REGION);
    for (int step = 0; step < 40; step++) {
      change(random.nextInt(8));
    }
    compare();
  }

  private void change(int kind) {
    int length = 1 + random.nextInt(200);
    int at = random.nextInt(expected.length - length);
    int to = random.nextInt(expected.length - length);
    switch (kind) {
      case 0 -> write(at, length);
      case 1 -> {
        touch(at, 8);
        long value = random.nextLong();
        if (at + 8 <= expected.length) {
          attempt(() -> memory.setLong(base + at, value));
          for (int i = 0; i < 8; i++) {
            expected[at + i] = (byte) (value >>> (8 * i));
          }
        }
      }
      case 2 -> {
        touch(at, length);
        attempt(() -> memory.fill(base + at, length, (byte) length));
        Arrays.fill(expected, at, at + length, (byte) length);
      }
      case 3 -> copy(at, to, Math.min(length, 30)); // with one frame it goes byte by byte
      case 4 -> lock(at, length);
      case 5 -> attempt(memory::flush);
      case 6 -> attempt(memory::drop);
      default -> attempt(() -> assertEquals(expected[at], memory.getByte(base + at)));
    }
  }

  private void write(int at, int length) {
    touch(at, length);
    var bytes = new byte[length];
    random.nextBytes(bytes);
    attempt(() -> memory.write(base + at, MemorySegment.ofArray(bytes)));
    System.arraycopy(bytes, 0, expected, at, length);
  }

  /**
   * Ranges may overlap: a copy that failed half-way cannot be repeated, but its result is known.
   */
  private void copy(int from, int to, int length) {
    touch(to, length);
    byte[] bytes = Arrays.copyOfRange(expected, from, from + length);
    var failed = new boolean[1];
    attempt(
        () -> {
          if (failed[0]) {
            memory.write(base + to, MemorySegment.ofArray(bytes));
          } else {
            failed[0] = true;
            memory.copy(base + from, base + to, length);
          }
        });
    System.arraycopy(bytes, 0, expected, to, length);
  }

  private void lock(int at, int length) {
    touch(0, 0);
    var holder = new PageLock[1];
    attempt(() -> holder[0] = memory.lock(new Pointer(memory, base + at), length));
    try (var lock = holder[0]) {
      for (int i = 0; i < lock.size(); i += 3) {
        lock.setByte(i, (byte) (i + length));
        expected[at + i] = (byte) (i + length);
      }
      write((at + 900) % (expected.length - 100), 100);
      touch(0, 0);
      attempt(random.nextBoolean() ? memory::flush : memory::drop);
      lock.setByte(0, (byte) 99);
      expected[at] = lock.getByte(0);
      var bytes = new byte[lock.size()];
      lock.buffer().get(bytes);
      assertArrayEquals(Arrays.copyOfRange(expected, at, at + bytes.length), bytes);
    }
  }

  private Pointer allocate(int bytes) {
    touch(0, 0);
    var holder = new Pointer[1];
    attempt(keepingUse(() -> holder[0] = memory.allocate(bytes)));
    return holder[0];
  }

  private Pointer allocateRecord(int number) {
    touch(0, 0);
    var holder = new ArrayList<RecordPointer<Pair>>();
    var pair = new Pair(number, -number);
    attempt(keepingUse(() -> holder.add(memory.allocate(pair))));
    attempt(() -> assertEquals(pair, holder.getFirst().get()));
    return holder.getFirst();
  }

  private void free(Pointer block) {
    touch(0, 0);
    attempt(keepingUse(() -> memory.free(block)));
  }

  /** What failed has not happened: as much is in use as before. */
  private Runnable keepingUse(Runnable operation) {
    return () -> {
      long used = memory.usedBytes();
      try {
        operation.run();
      } catch (StoreException e) {
        assertEquals(used, memory.usedBytes(), "bytes in use after a failure");
        throw e;
      }
    };
  }

  private void touch(int from, int length) {
    touchedFrom = from;
    touchedTo = from + length;
  }

  private void attempt(Runnable operation) {
    for (boolean failed = false; ; failed = true) {
      long failures = faulty.failures();
      try {
        operation.run();
        assertEquals(failures, faulty.failures(), "a fault was swallowed");
        return;
      } catch (StoreException e) {
        assertTrue(faulty.failures() > failures && !failed, "an exception without a fault");
        recover();
      }
    }
  }

  private void recover() {
    if (mode == FaultMode.FOR_GOOD) {
      useWhileBroken();
    }
    faulty.repair();
    memory.check();
    compareRange(0, touchedFrom);
    compareRange(Math.min(touchedTo, expected.length), expected.length);
    memory.check();
  }

  /** What is in RAM can be used on, the rest fails; nothing is wrong. */
  private void useWhileBroken() {
    for (int at = 0; at < expected.length; at += 37) {
      if (at < touchedFrom || at >= touchedTo) {
        try {
          assertEquals(expected[at], memory.getByte(base + at), "while the store is broken");
          memory.setByte(base + at, (byte) ~expected[at]);
          expected[at] = (byte) ~expected[at];
        } catch (StoreException e) {
          assertTrue(e.getMessage().startsWith("injected fault"), e.getMessage());
        }
      }
    }
  }

  private void compare() {
    touch(0, 0);
    attempt(() -> compareRange(0, expected.length));
  }

  private void compareRange(int from, int to) {
    if (from < to) {
      var got = new byte[to - from];
      memory.read(base + from, MemorySegment.ofArray(got));
      assertArrayEquals(Arrays.copyOfRange(expected, from, to), got, () -> "from " + from);
    }
  }
}
