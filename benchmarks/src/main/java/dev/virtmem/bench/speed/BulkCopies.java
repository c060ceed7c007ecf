package dev.virtmem.bench.speed;

import dev.virtmem.BytePointer;
import dev.virtmem.IntPointer;
import dev.virtmem.VirtualMemory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** Arrays read and written as a whole, all hits, against {@link System#arraycopy}. */
@State(Scope.Thread)
public class BulkCopies {
  private static final int COPIES = 64;

  /** Bytes of the array, then frames and page size. */
  @Param({
    "1024 in 4x1024",
    "4096 in 5x1024",
    "4096 in 84x64",
    "16384 in 64x4096",
    "65536 in 64x4096"
  })
  public String copy;

  private VirtualMemory memory;
  private BytePointer bytePointer;
  private IntPointer intPointer;
  private byte[] bytes;
  private byte[] otherBytes;
  private int[] ints;
  private int[] otherInts;

  /** Creates the state. */
  public BulkCopies() {}

  /** Brings everything in. */
  @Setup(Level.Trial)
  public void setUp() {
    String[] parts = copy.split(" in ");
    int size = Integer.parseInt(parts[0]);
    Geometry geometry = Geometry.parse(parts[1]);
    memory = geometry.openFilled();
    bytePointer = new BytePointer(memory, geometry.first());
    intPointer = bytePointer.asInts();
    bytes = new byte[size];
    otherBytes = new byte[size];
    ints = new int[size / Integer.BYTES];
    otherInts = new int[ints.length];
    memory.resetStatistics();
  }

  /** Makes sure that all accesses were hits. */
  @TearDown(Level.Trial)
  public void tearDown() {
    long faults = memory.statistics().faults();
    memory.close();
    if (faults != 0) {
      throw new IllegalStateException(faults + " accesses were no hits");
    }
  }

  /**
   * Reads bytes.
   *
   * @return the array
   */
  @Benchmark
  @Compare(
      what = "bulk get of byte[]",
      operations = COPIES,
      to = "bareBytes",
      atMost = 2,
      allocationFree = true)
  public byte[] getBytes() {
    for (int i = 0; i < COPIES; i++) {
      bytePointer.get(0, bytes, 0, bytes.length);
    }
    return bytes;
  }

  /** Writes bytes. */
  @Benchmark
  @Compare(
      what = "bulk put of byte[]",
      operations = COPIES,
      to = "bareBytes",
      atMost = 2,
      allocationFree = true)
  public void setBytes() {
    for (int i = 0; i < COPIES; i++) {
      bytePointer.set(0, bytes, 0, bytes.length);
    }
  }

  /**
   * Reads ints.
   *
   * @return the array
   */
  @Benchmark
  @Compare(
      what = "bulk get of int[]",
      operations = COPIES,
      to = "bareInts",
      atMost = 2,
      allocationFree = true)
  public int[] getInts() {
    for (int i = 0; i < COPIES; i++) {
      intPointer.get(0, ints, 0, ints.length);
    }
    return ints;
  }

  /** Writes ints. */
  @Benchmark
  @Compare(
      what = "bulk put of int[]",
      operations = COPIES,
      to = "bareInts",
      atMost = 2,
      allocationFree = true)
  public void setInts() {
    for (int i = 0; i < COPIES; i++) {
      intPointer.set(0, ints, 0, ints.length);
    }
  }

  /**
   * Copies an array of bytes.
   *
   * @return the copy
   */
  @Benchmark
  public byte[] bareBytes() {
    for (int i = 0; i < COPIES; i++) {
      System.arraycopy(otherBytes, 0, bytes, 0, bytes.length);
    }
    return bytes;
  }

  /**
   * Copies an array of ints.
   *
   * @return the copy
   */
  @Benchmark
  public int[] bareInts() {
    for (int i = 0; i < COPIES; i++) {
      System.arraycopy(otherInts, 0, ints, 0, ints.length);
    }
    return ints;
  }
}
