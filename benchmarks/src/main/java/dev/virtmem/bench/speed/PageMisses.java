package dev.virtmem.bench.speed;

import dev.virtmem.Statistics;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.HeapStore;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Misses that read a page of 1 KiB and write one back whose every byte is dirty, against two copies
 * of 1 KiB. Filling the page to make it dirty is measured on its own and taken off.
 *
 * <p>How long a copy takes depends on where in a vector its source and its target begin, and the
 * JVM begins objects at any multiple of 8 bytes. Here it is told to begin all of them at a multiple
 * of 64, so that the arrays of all that is compared lie alike.
 */
@State(Scope.Thread)
@Fork(jvmArgsAppend = "-XX:ObjectAlignmentInBytes=64")
public class PageMisses {
  private static final int MISSES = 244;
  private static final int FRAMES = 4;
  private static final int PAGE = 1024;

  /** A prime: steps of any length visit all pages. */
  private static final int PAGES = 61;

  /** So that no two pages in frames are neighbours, which would be written back together. */
  private static final int STEP = 25;

  private VirtualMemory memory;
  private byte[] frames;
  private byte[] store;

  /** Creates the state. */
  public PageMisses() {}

  /** Opens the memory. */
  @Setup(Level.Trial)
  public void setUp() {
    memory =
        VirtualMemory.builder(new HeapStore((PAGES + 1) * PAGE))
            .frames(FRAMES)
            .pageSize(PAGE)
            .lockBuffers()
            .fetch(PAGE, PAGE)
            .open();
    frames = new byte[FRAMES * PAGE];
    store = new byte[(PAGES + 1) * PAGE];
  }

  /** Makes sure that each miss moved a page each way. */
  @TearDown(Level.Trial)
  public void tearDown() {
    Statistics all = memory.statistics();
    memory.abandon();
    if (all.readTransfers() > 0
        && (all.bytesRead() != all.readTransfers() * PAGE
            || all.bytesWritten() != all.writeTransfers() * PAGE
            || all.readTransfers() - all.writeTransfers() > FRAMES)) {
      throw new IllegalStateException("not a page each way: " + all);
    }
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
    int page = 0;
    int victim = PAGES - STEP;
    for (int i = 0; i < MISSES; i++) {
      int frame = i % FRAMES * PAGE;
      System.arraycopy(frames, frame, store, victim * PAGE, PAGE);
      System.arraycopy(store, page * PAGE, frames, frame, PAGE);
      victim = (victim + STEP) % PAGES;
      page = (page + STEP) % PAGES;
    }
  }
}
