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
 */
@State(Scope.Thread)
public class LockLoops {
  private static final int ACCESSES = 1 << 14;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  /** Frames and page size; half of the frames are locked. */
  @Param({"4x1024", "64x64", "16x4096"})
  public String frames;

  private VirtualMemory memory;
  private PageLock lock;
  private MemorySegment segment;
  private ByteBuffer buffer;
  private int[] array;
  private MemorySegment plainSegment;
  private int count;

  /** Creates the state. */
  public LockLoops() {}

  /** Takes the lock. */
  @Setup(Level.Trial)
  public void setUp() {
    Geometry parsed = Geometry.parse(frames);
    memory = parsed.openFilled();
    int bytes = parsed.bytes() / 2;
    lock = memory.lock(new Pointer(memory, parsed.first()), bytes);
    if (lock.size() != bytes) {
      throw new IllegalStateException(lock + " instead of " + bytes + " bytes");
    }
    segment = lock.segment();
    buffer = lock.buffer();
    count = bytes / Integer.BYTES;
    array = new int[count];
    plainSegment = MemorySegment.ofArray(new byte[2 * bytes]).asSlice(bytes, bytes);
  }

  /** Gives the lock back. */
  @TearDown(Level.Trial)
  public void tearDown() {
    lock.close();
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
    for (int done = 0; done < ACCESSES; done += count) {
      sum += sum(lock, count);
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
    for (int done = 0; done < ACCESSES; done += count) {
      fill(lock, count);
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
    for (int done = 0; done < ACCESSES; done += count) {
      sum += sum(segment, count);
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
    for (int done = 0; done < ACCESSES; done += count) {
      fill(segment, count);
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
    for (int done = 0; done < ACCESSES; done += count) {
      sum += sum(buffer, count);
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
    for (int done = 0; done < ACCESSES; done += count) {
      fill(buffer, count);
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
    for (int done = 0; done < ACCESSES; done += count) {
      sum += sum(array, count);
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
    for (int done = 0; done < ACCESSES; done += count) {
      fill(array, count);
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
    for (int done = 0; done < ACCESSES; done += count) {
      sum += sum(plainSegment, count);
    }
    return sum;
  }

  /** Writes through a segment of ordinary memory. */
  @Benchmark
  public void plainSegmentFill() {
    for (int done = 0; done < ACCESSES; done += count) {
      fill(plainSegment, count);
    }
  }
}
