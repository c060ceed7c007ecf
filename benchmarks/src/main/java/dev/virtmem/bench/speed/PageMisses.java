package dev.virtmem.bench.speed;

import dev.virtmem.Statistics;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.HeapStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Misses that read a page of 1 KiB and write one back whose every byte is dirty, against two copies
 * of 1 KiB. Filling the page to make it dirty is measured on its own and taken off.
 *
 * <p>How long a copy takes depends on where in a vector of 32 bytes its source and its target
 * begin, by a fifth, and the JVM puts arrays at any multiple of 8. So the plain copies take turns
 * between all 16 pairs of places, and the misses between several memories whose arrays lie
 * differently.
 */
@State(Scope.Thread)
public class PageMisses {
  private static final int MISSES = 244;
  private static final int FRAMES = 4;
  private static final int PAGE = 1024;

  /** A prime: steps of any length visit all pages. */
  private static final int PAGES = 61;

  /** So that no two pages in frames are neighbours, which would be written back together. */
  private static final int STEP = 25;

  private static final int PLACES = 4;
  private static final int PLACE = 8;
  private static final int MEMORIES = 4;

  private final VirtualMemory[] memories = new VirtualMemory[MEMORIES];
  private byte[][] between;
  private byte[] frames;
  private byte[] store;
  private int turn;

  /** Creates the state. */
  public PageMisses() {}

  /** Opens the memories. */
  @Setup(Level.Trial)
  public void setUp() {
    between = new byte[2 * MEMORIES][];
    for (int i = 0; i < MEMORIES; i++) {
      between[2 * i] = new byte[PLACE * i];
      var heap = new HeapStore((PAGES + 1) * PAGE);
      between[2 * i + 1] = new byte[PLACE * (i % 3)];
      memories[i] =
          VirtualMemory.builder(heap)
              .frames(FRAMES)
              .pageSize(PAGE)
              .lockBuffers()
              .fetch(PAGE, PAGE)
              .open();
    }
    frames = new byte[FRAMES * PAGE + PLACES * PLACE];
    store = new byte[(PAGES + 1) * PAGE + PLACES * PLACE];
  }

  /** Makes sure that each miss moved a page each way. */
  @TearDown(Level.Trial)
  public void tearDown() {
    for (VirtualMemory memory : memories) {
      Statistics all = memory.statistics();
      memory.abandon();
      if (all.readTransfers() > 0
          && (all.bytesRead() != all.readTransfers() * PAGE
              || all.bytesWritten() != all.writeTransfers() * PAGE
              || all.readTransfers() - all.writeTransfers() > FRAMES)) {
        throw new IllegalStateException("not a page each way: " + all);
      }
    }
  }

  private VirtualMemory next() {
    return memories[turn++ % MEMORIES];
  }

  private static long address(int page) {
    return (page + 1L) * PAGE;
  }

  /**
   * Reads a number of a page that is missing, and fills the page.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "miss of 1 KiB with write-back",
      operations = MISSES,
      to = "bareCopies",
      minus = "fillOnly",
      atMost = 2.5,
      allocationFree = true)
  public int missAndFill() {
    VirtualMemory memory = next();
    int sum = 0;
    int page = 0;
    for (int i = 0; i < MISSES; i++) {
      sum += memory.getInt(address(page) + PAGE / 2);
      memory.fill(address(page), PAGE, (byte) i);
      page = (page + STEP) % PAGES;
    }
    return sum;
  }

  /**
   * Reads a number of a page in a frame, and fills the page.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  public int fillOnly() {
    VirtualMemory memory = next();
    int sum = 0;
    int page = 0;
    for (int i = 0; i < MISSES; i++) {
      int present = page % FRAMES;
      memory.fill(address(present), PAGE, (byte) i);
      sum += memory.getInt(address(present) + PAGE / 2);
      page = (page + STEP) % PAGES;
    }
    return sum;
  }

  /** Copies a page out and another one in. */
  @Benchmark
  public void bareCopies() {
    int inFrames = turn % PLACES * PLACE;
    int inStore = turn / PLACES % PLACES * PLACE;
    turn++;
    int page = 0;
    int victim = PAGES - STEP;
    for (int i = 0; i < MISSES; i++) {
      int frame = i % FRAMES * PAGE + inFrames;
      System.arraycopy(frames, frame, store, victim * PAGE + inStore, PAGE);
      System.arraycopy(store, page * PAGE + inStore, frames, frame, PAGE);
      victim = (victim + STEP) % PAGES;
      page = (page + STEP) % PAGES;
    }
  }
}
