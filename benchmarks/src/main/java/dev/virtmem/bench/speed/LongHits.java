package dev.virtmem.bench.speed;

import dev.virtmem.LongPointer;
import org.openjdk.jmh.annotations.Benchmark;

/** Hits through a pointer to {@code long} elements, against a bare page table. */
public class LongHits extends Hits {
  private LongPointer pointer;

  /** Creates the state. */
  public LongHits() {
    super(Long.BYTES);
  }

  @Override
  void prepare() {
    pointer = new LongPointer(memory, first);
  }

  /**
   * Reads elements in sequence.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "long get, sequential",
      operations = ACCESSES,
      to = "bareGetSequential",
      atMost = 2,
      allocationFree = true)
  public long getSequential() {
    long sum = 0;
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        sum += pointer.get(i);
      }
    }
    return sum;
  }

  /**
   * Reads elements in sequence without a memory.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  public long bareGetSequential() {
    long sum = 0;
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        sum += bare.getLong(first + (long) i * Long.BYTES);
      }
    }
    return sum;
  }

  /** Writes elements in sequence. */
  @Benchmark
  @Compare(
      what = "long set, sequential",
      operations = ACCESSES,
      to = "bareSetSequential",
      atMost = 2,
      allocationFree = true)
  public void setSequential() {
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        pointer.set(i, i);
      }
    }
  }

  /** Writes elements in sequence without a memory. */
  @Benchmark
  public void bareSetSequential() {
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        bare.setLong(first + (long) i * Long.BYTES, i);
      }
    }
  }

  /**
   * Reads elements at random.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "long get, random",
      operations = ACCESSES,
      to = "bareGetRandom",
      atMost = 2,
      allocationFree = true)
  public long getRandom() {
    long sum = 0;
    for (int i = 0; i < ACCESSES; i++) {
      sum += pointer.get(order[i]);
    }
    return sum;
  }

  /**
   * Reads elements at random without a memory.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  public long bareGetRandom() {
    long sum = 0;
    for (int i = 0; i < ACCESSES; i++) {
      sum += bare.getLong(first + (long) order[i] * Long.BYTES);
    }
    return sum;
  }

  /** Writes elements at random. */
  @Benchmark
  @Compare(
      what = "long set, random",
      operations = ACCESSES,
      to = "bareSetRandom",
      atMost = 2,
      allocationFree = true)
  public void setRandom() {
    for (int i = 0; i < ACCESSES; i++) {
      pointer.set(order[i], i);
    }
  }

  /** Writes elements at random without a memory. */
  @Benchmark
  public void bareSetRandom() {
    for (int i = 0; i < ACCESSES; i++) {
      bare.setLong(first + (long) order[i] * Long.BYTES, i);
    }
  }
}
