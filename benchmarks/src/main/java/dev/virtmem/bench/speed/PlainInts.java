package dev.virtmem.bench.speed;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import org.openjdk.jmh.annotations.Benchmark;

/** The same accesses as {@link IntHits}, to ordinary memory without paging. */
public class PlainInts extends Hits {
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  private int[] array;
  private MemorySegment segment;

  /** Creates the state. */
  public PlainInts() {
    super(Integer.BYTES);
  }

  @Override
  void prepare() {
    array = new int[count];
    segment = MemorySegment.ofArray(new byte[count * Integer.BYTES]);
  }

  /**
   * Reads elements of the array in sequence.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "(int[] get, sequential)",
      operations = ACCESSES,
      to = "IntHits.bareGetSequential")
  public int arrayGetSequential() {
    int sum = 0;
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        sum += array[i];
      }
    }
    return sum;
  }

  /** Writes elements of the array in sequence. */
  @Benchmark
  @Compare(
      what = "(int[] set, sequential)",
      operations = ACCESSES,
      to = "IntHits.bareSetSequential")
  public void arraySetSequential() {
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        array[i] = i;
      }
    }
  }

  /**
   * Reads elements of the array at random.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(what = "(int[] get, random)", operations = ACCESSES, to = "IntHits.bareGetRandom")
  public int arrayGetRandom() {
    int sum = 0;
    for (int i = 0; i < ACCESSES; i++) {
      sum += array[order[i]];
    }
    return sum;
  }

  /** Writes elements of the array at random. */
  @Benchmark
  @Compare(what = "(int[] set, random)", operations = ACCESSES, to = "IntHits.bareSetRandom")
  public void arraySetRandom() {
    for (int i = 0; i < ACCESSES; i++) {
      array[order[i]] = i;
    }
  }

  /**
   * Reads elements of the segment in sequence.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "(MemorySegment get, sequential)",
      operations = ACCESSES,
      to = "IntHits.bareGetSequential")
  public int segmentGetSequential() {
    int sum = 0;
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        sum += segment.get(INT, i * 4L);
      }
    }
    return sum;
  }

  /** Writes elements of the segment in sequence. */
  @Benchmark
  @Compare(
      what = "(MemorySegment set, sequential)",
      operations = ACCESSES,
      to = "IntHits.bareSetSequential")
  public void segmentSetSequential() {
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        segment.set(INT, i * 4L, i);
      }
    }
  }

  /**
   * Reads elements of the segment at random.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "(MemorySegment get, random)",
      operations = ACCESSES,
      to = "IntHits.bareGetRandom")
  public int segmentGetRandom() {
    int sum = 0;
    for (int i = 0; i < ACCESSES; i++) {
      sum += segment.get(INT, order[i] * 4L);
    }
    return sum;
  }

  /** Writes elements of the segment at random. */
  @Benchmark
  @Compare(
      what = "(MemorySegment set, random)",
      operations = ACCESSES,
      to = "IntHits.bareSetRandom")
  public void segmentSetRandom() {
    for (int i = 0; i < ACCESSES; i++) {
      segment.set(INT, order[i] * 4L, i);
    }
  }
}
