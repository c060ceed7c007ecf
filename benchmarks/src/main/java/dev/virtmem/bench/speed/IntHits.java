package dev.virtmem.bench.speed;

import dev.virtmem.IntPointer;
import org.openjdk.jmh.annotations.Benchmark;

/** Hits through a pointer to {@code int} elements, against a bare page table. */
public class IntHits extends Hits {
  private IntPointer pointer;

  /** Creates the state. */
  public IntHits() {
    super(Integer.BYTES);
  }

  @Override
  void prepare() {
    pointer = new IntPointer(memory, first);
  }

  /**
   * Reads elements in sequence.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "int get, sequential",
      operations = ACCESSES,
      to = "bareGetSequential",
      atMost = 2,
      allocationFree = true)
  public int getSequential() {
    int sum = 0;
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
  public int bareGetSequential() {
    int sum = 0;
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        sum += bare.getInt(first + (long) i * Integer.BYTES);
      }
    }
    return sum;
  }

  /** Writes elements in sequence. */
  @Benchmark
  @Compare(
      what = "int set, sequential",
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
        bare.setInt(first + (long) i * Integer.BYTES, i);
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
      what = "int get, random",
      operations = ACCESSES,
      to = "bareGetRandom",
      atMost = 2,
      allocationFree = true)
  public int getRandom() {
    int sum = 0;
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
  public int bareGetRandom() {
    int sum = 0;
    for (int i = 0; i < ACCESSES; i++) {
      sum += bare.getInt(first + (long) order[i] * Integer.BYTES);
    }
    return sum;
  }

  /** Writes elements at random. */
  @Benchmark
  @Compare(
      what = "int set, random",
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
      bare.setInt(first + (long) order[i] * Integer.BYTES, i);
    }
  }
}
