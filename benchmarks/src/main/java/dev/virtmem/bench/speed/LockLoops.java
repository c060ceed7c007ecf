package dev.virtmem.bench.speed;

import dev.virtmem.PageLock;
import dev.virtmem.Pointer;
import dev.virtmem.VirtualMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.CompilerControl;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Loops over ints inside a page lock, against loops over a plain array. A pass is a method of its
 * own, so that passes cannot be merged.
 *
 * <p>Where an array lies relative to cache lines changes a short loop's time by a fifth: so there
 * are several of each, in different places, as long as all of them fit into the CPU's nearest
 * cache.
 */
@State(Scope.Thread)
public class LockLoops {
  private static final int ACCESSES = 1 << 14;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Frames and page size; half of the frames are locked. */
  @Param({"4x1024", "64x64", "16x4096"})
  public String frames;

  /** Bytes that all places of one kind may take together. */
  private static final int NEAR = 16 << 10;

  private VirtualMemory[] memories;
  private PageLock[] locks;
  private MemorySegment[] segments;
  private ByteBuffer[] buffers;
  private int[][] arrays;
  private MemorySegment[] plainSegments;
  private byte[][] gaps;

  /** Ints in a pass. */
  private int count;

  /** Passes in a call. */
  private int passes;

  /** Which place a pass uses: its number, masked. */
  private int mask;

  /** Creates the state. */
  public LockLoops() {}

  /** Takes the locks. */
  @Setup(Level.Trial)
  public void setUp() {
    Geometry parsed = Geometry.parse(frames);
    int bytes = parsed.bytes() / 2;
    count = bytes / Integer.BYTES;
    passes = ACCESSES / count;
    int places = Math.clamp(NEAR / bytes, 1, 8);
    mask = places - 1;
    memories = new VirtualMemory[places];
    locks = new PageLock[places];
    segments = new MemorySegment[places];
    buffers = new ByteBuffer[places];
    arrays = new int[places][];
    plainSegments = new MemorySegment[places];
    gaps = new byte[places][];
    for (int place = 0; place < places; place++) {
      // Objects are aligned to 8 bytes, cache lines to 64.
      gaps[place] = new byte[8 * place];
      memories[place] = parsed.openFilled();
      PageLock lock = memories[place].lock(new Pointer(memories[place], parsed.first()), bytes);
      if (lock.size() != bytes) {
        throw new IllegalStateException(lock + " instead of " + bytes + " bytes");
      }
      locks[place] = lock;
      segments[place] = lock.segment();
      buffers[place] = lock.buffer();
      arrays[place] = new int[count];
      plainSegments[place] = MemorySegment.ofArray(new byte[2 * bytes]).asSlice(bytes, bytes);
    }
  }

  /** Gives the locks back. */
  @TearDown(Level.Trial)
  public void tearDown() {
    for (int place = 0; place < locks.length; place++) {
      locks[place].close();
      memories[place].close();
    }
  }

  /**
   * Reads through the lock's accessors.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "int get loop in a lock, accessors",
      operations = ACCESSES,
      to = "bareSum",
      atMost = 1.2,
      allocationFree = true)
  public int accessorSum() {
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(locks[pass & mask], count);
    }
    return sum;
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static int sum(PageLock ints, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += ints.getInt(i * 4);
    }
    return sum;
  }

  /** Writes through the lock's accessors. */
  @Benchmark
  @Compare(
      what = "int set loop in a lock, accessors",
      operations = ACCESSES,
      to = "bareFill",
      atMost = 1.2,
      allocationFree = true)
  public void accessorFill() {
    for (int pass = 0; pass < passes; pass++) {
      fill(locks[pass & mask], count);
    }
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static void fill(PageLock ints, int count) {
    for (int i = 0; i < count; i++) {
      ints.setInt(i * 4, i);
    }
  }

  /**
   * Reads through its segment.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "int get loop in a lock, segment(), to a plain segment",
      operations = ACCESSES,
      to = "plainSegmentSum",
      atMost = 1.2,
      allocationFree = true)
  public int segmentSum() {
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(segments[pass & mask], count);
    }
    return sum;
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static int sum(MemorySegment ints, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += ints.get(INT, i * 4L);
    }
    return sum;
  }

  /** Writes through its segment. */
  @Benchmark
  @Compare(
      what = "int set loop in a lock, segment(), to a plain segment",
      operations = ACCESSES,
      to = "plainSegmentFill",
      atMost = 1.2,
      allocationFree = true)
  public void segmentFill() {
    for (int pass = 0; pass < passes; pass++) {
      fill(segments[pass & mask], count);
    }
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static void fill(MemorySegment ints, int count) {
    for (int i = 0; i < count; i++) {
      ints.set(INT, i * 4L, i);
    }
  }

  /**
   * Reads through its buffer.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "int get loop in a lock, buffer()",
      operations = ACCESSES,
      to = "bareSum",
      atMost = 1.2,
      allocationFree = true)
  public int bufferSum() {
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(buffers[pass & mask], count);
    }
    return sum;
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static int sum(ByteBuffer ints, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += ints.getInt(i * 4);
    }
    return sum;
  }

  /** Writes through its buffer. */
  @Benchmark
  @Compare(
      what = "int set loop in a lock, buffer()",
      operations = ACCESSES,
      to = "bareFill",
      atMost = 1.2,
      allocationFree = true)
  public void bufferFill() {
    for (int pass = 0; pass < passes; pass++) {
      fill(buffers[pass & mask], count);
    }
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static void fill(ByteBuffer ints, int count) {
    for (int i = 0; i < count; i++) {
      ints.putInt(i * 4, i);
    }
  }

  /**
   * Reads through the array.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  public int bareSum() {
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(arrays[pass & mask], count);
    }
    return sum;
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static int sum(int[] ints, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += ints[i];
    }
    return sum;
  }

  /** Writes through the array. */
  @Benchmark
  public void bareFill() {
    for (int pass = 0; pass < passes; pass++) {
      fill(arrays[pass & mask], count);
    }
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static void fill(int[] ints, int count) {
    for (int i = 0; i < count; i++) {
      ints[i] = i;
    }
  }

  /**
   * Reads through a segment of ordinary memory.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  public int plainSegmentSum() {
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(plainSegments[pass & mask], count);
    }
    return sum;
  }

  /** Writes through a segment of ordinary memory. */
  @Benchmark
  public void plainSegmentFill() {
    for (int pass = 0; pass < passes; pass++) {
      fill(plainSegments[pass & mask], count);
    }
  }
}
