package dev.virtmem.bench.speed;

import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Blocks freed and allocated, against the same with 100 live blocks. */
@State(Scope.Thread)
public class AllocationPairs {
  private static final int PAIRS = 200;

  /** Live blocks. */
  @Param({"100", "1000", "10000", "100000"})
  public int live;

  private LiveBlocks blocks;

  /** Creates the state. */
  public AllocationPairs() {}

  /** Fills and fragments the pool. */
  @Setup(Level.Trial)
  public void setUp() {
    blocks = new LiveBlocks(live);
  }

  /** Checks the pool. */
  @TearDown(Level.Trial)
  public void tearDown() {
    blocks.close();
  }

  /** Replaces blocks. */
  @Benchmark
  @Compare(
      what = "free + allocate of 16 to 256 bytes, live blocks:",
      operations = PAIRS,
      to = "replace[100]",
      atMost = 3)
  public void replace() {
    for (int i = 0; i < PAIRS; i++) {
      blocks.replaceOne();
    }
  }
}
