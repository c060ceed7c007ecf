package dev.virtmem.bench.speed;

import dev.virtmem.PageLock;
import dev.virtmem.Pointer;
import dev.virtmem.VirtualMemory;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.IntBuffer;
import java.util.Arrays;
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
 * <p>Where the bytes lie in a cache line changes what a short vector loop takes. Objects on the
 * Java heap are aligned to 8 bytes only. So passes take turns between all eight places that bytes
 * can have in a cache line, the same for all that is compared.
 */
@State(Scope.Thread)
public class LockLoops {
  private static final int ACCESSES = 1 << 16;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private static final int CACHE_LINE = 64;
  private static final int PLACES = CACHE_LINE / Long.BYTES;

  /** Frames and page size; half of that is looped over. */
  @Param({"4x1024", "64x64", "16x4096"})
  public String frames;

  private VirtualMemory memory;
  private PageLock whole;
  private final PageLock[] locks = new PageLock[PLACES];
  private final MemorySegment[] segments = new MemorySegment[PLACES];
  private final ByteBuffer[] buffers = new ByteBuffer[PLACES];
  private final IntBuffer[] intBuffers = new IntBuffer[PLACES];
  private final MemorySegment[] plainSegments = new MemorySegment[PLACES];
  private final ByteBuffer[] plainBuffers = new ByteBuffer[PLACES];

  /** The same array in each, so that a pass looks its array up as others look up their lock. */
  private final int[][] arrays = new int[PLACES][];

  /** Ints in a pass. */
  private int count;

  /** Passes in a call. */
  private int passes;

  /** Creates the state. */
  public LockLoops() {}

  /** Takes the locks. */
  @Setup(Level.Trial)
  public void setUp() {
    Geometry parsed = Geometry.parse(frames);
    int bytes = parsed.bytes() / 2;
    count = bytes / Integer.BYTES;
    passes = ACCESSES / count;
    memory = parsed.openFilled();
    whole = lock(parsed.first(), bytes + CACHE_LINE);
    Arrays.fill(arrays, new int[(bytes + CACHE_LINE) / Integer.BYTES]);
    var plainBuffer = ByteBuffer.allocate(bytes + CACHE_LINE).order(ByteOrder.LITTLE_ENDIAN);
    var plainSegment = MemorySegment.ofArray(new byte[bytes + CACHE_LINE]);
    for (int place = 0; place < PLACES; place++) {
      int offset = place * Long.BYTES;
      locks[place] = lock(parsed.first() + offset, bytes);
      segments[place] = locks[place].segment();
      buffers[place] = locks[place].buffer();
      intBuffers[place] = locks[place].buffer().asIntBuffer();
      plainBuffers[place] = plainBuffer.slice(offset, bytes).order(ByteOrder.LITTLE_ENDIAN);
      plainSegments[place] = plainSegment.asSlice(offset, bytes);
    }
  }

  private PageLock lock(long address, int bytes) {
    PageLock lock = memory.lock(new Pointer(memory, address), bytes);
    if (lock.size() != bytes) {
      throw new IllegalStateException(lock + " instead of " + bytes + " bytes");
    }
    return lock;
  }

  /** Gives the locks back. */
  @TearDown(Level.Trial)
  public void tearDown() {
    for (PageLock lock : locks) {
      lock.close();
    }
    whole.close();
    memory.close();
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
      sum += sum(locks[pass % PLACES], count);
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
      fill(locks[pass % PLACES], count);
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
      sum += sum(segments[pass % PLACES], count);
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
      fill(segments[pass % PLACES], count);
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
      what = "int get loop in a lock, buffer(), to a plain buffer",
      operations = ACCESSES,
      to = "plainBufferSum",
      atMost = 1.2,
      allocationFree = true)
  public int bufferSum() {
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(buffers[pass % PLACES], count);
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
      what = "int set loop in a lock, buffer(), to a plain buffer",
      operations = ACCESSES,
      to = "plainBufferFill",
      atMost = 1.2,
      allocationFree = true)
  public void bufferFill() {
    for (int pass = 0; pass < passes; pass++) {
      fill(buffers[pass % PLACES], count);
    }
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static void fill(ByteBuffer ints, int count) {
    for (int i = 0; i < count; i++) {
      ints.putInt(i * 4, i);
    }
  }

  /**
   * Reads through its buffer, as ints.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "int get loop in a lock, buffer().asIntBuffer()",
      operations = ACCESSES,
      to = "bareSum",
      atMost = 1.2,
      allocationFree = true)
  public int intBufferSum() {
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(intBuffers[pass % PLACES], count);
    }
    return sum;
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static int sum(IntBuffer ints, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += ints.get(i);
    }
    return sum;
  }

  /** Writes through its buffer, as ints. */
  @Benchmark
  @Compare(
      what = "int set loop in a lock, buffer().asIntBuffer()",
      operations = ACCESSES,
      to = "bareFill",
      atMost = 1.2,
      allocationFree = true)
  public void intBufferFill() {
    for (int pass = 0; pass < passes; pass++) {
      fill(intBuffers[pass % PLACES], count);
    }
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static void fill(IntBuffer ints, int count) {
    for (int i = 0; i < count; i++) {
      ints.put(i, i);
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
      int place = pass % PLACES;
      sum += sum(arrays[place], place * 2, place * 2 + count);
    }
    return sum;
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static int sum(int[] ints, int from, int to) {
    int sum = 0;
    for (int i = from; i < to; i++) {
      sum += ints[i];
    }
    return sum;
  }

  /** Writes through the array. */
  @Benchmark
  public void bareFill() {
    for (int pass = 0; pass < passes; pass++) {
      int place = pass % PLACES;
      fill(arrays[place], place * 2, place * 2 + count);
    }
  }

  @CompilerControl(CompilerControl.Mode.DONT_INLINE)
  private static void fill(int[] ints, int from, int to) {
    for (int i = from; i < to; i++) {
      ints[i] = i;
    }
  }

  /**
   * Reads through a segment of ordinary memory.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(what = "(int get loop, plain MemorySegment)", operations = ACCESSES, to = "bareSum")
  public int plainSegmentSum() {
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(plainSegments[pass % PLACES], count);
    }
    return sum;
  }

  /** Writes through a segment of ordinary memory. */
  @Benchmark
  @Compare(what = "(int set loop, plain MemorySegment)", operations = ACCESSES, to = "bareFill")
  public void plainSegmentFill() {
    for (int pass = 0; pass < passes; pass++) {
      fill(plainSegments[pass % PLACES], count);
    }
  }

  /**
   * Reads through a buffer of ordinary memory.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(what = "(int get loop, plain ByteBuffer)", operations = ACCESSES, to = "bareSum")
  public int plainBufferSum() {
    int sum = 0;
    for (int pass = 0; pass < passes; pass++) {
      sum += sum(plainBuffers[pass % PLACES], count);
    }
    return sum;
  }

  /** Writes through a buffer of ordinary memory. */
  @Benchmark
  @Compare(what = "(int set loop, plain ByteBuffer)", operations = ACCESSES, to = "bareFill")
  public void plainBufferFill() {
    for (int pass = 0; pass < passes; pass++) {
      fill(plainBuffers[pass % PLACES], count);
    }
  }
}
