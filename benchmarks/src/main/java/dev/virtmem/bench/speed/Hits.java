package dev.virtmem.bench.speed;

import dev.virtmem.VirtualMemory;
import java.util.Random;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A memory whose data all lie in frames, and the same without one. */
@State(Scope.Thread)
public abstract class Hits {
  /** Accesses in a call of a benchmark. */
  static final int ACCESSES = 1 << 16;

  /** Frames and page size. */
  @Param({"4x1024", "84x64", "64x4096"})
  public String geometry;

  VirtualMemory memory;
  BarePages bare;

  /** The address of the data. */
  long first;

  /** How many elements the data are: a power of two. */
  int count;

  /** An element for each access. */
  int[] order;

  private final int elementSize;

  /**
   * Creates the state.
   *
   * @param elementSize bytes
   */
  Hits(int elementSize) {
    this.elementSize = elementSize;
  }

  /** Brings everything in. */
  @Setup(Level.Trial)
  public void setUp() {
    Geometry parsed = Geometry.parse(geometry);
    memory = parsed.openFilled();
    bare = new BarePages(parsed);
    first = parsed.first();
    count = Math.min(ACCESSES, Integer.highestOneBit(parsed.bytes() / elementSize));
    order = new Random(1).ints(ACCESSES, 0, count).toArray();
    prepare();
    memory.resetStatistics();
  }

  /** Makes what a benchmark accesses the data by. */
  abstract void prepare();

  /** Makes sure that all accesses were hits. */
  @TearDown(Level.Trial)
  public void tearDown() {
    long faults = memory.statistics().faults();
    memory.close();
    if (faults != 0) {
      throw new IllegalStateException(faults + " accesses were no hits");
    }
  }
}
