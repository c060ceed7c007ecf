package dev.virtmem.bench.speed;

import dev.virtmem.BytePointer;
import org.openjdk.jmh.annotations.Benchmark;

/** Hits through a pointer to {@code byte} elements, against a bare page table. */
public class ByteHits extends Hits {
  private BytePointer pointer;

  /** Creates the state. */
  public ByteHits() {
    super(Byte.BYTES);
  }

  @Override
  void prepare() {
    pointer = new BytePointer(memory, first);
  }

  /**
   * Reads elements in sequence.
   *
   * @return something that depends on all that was read
   */
  @Benchmark
  @Compare(
      what = "byte get, sequential",
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
        sum += bare.getByte(first + i);
      }
    }
    return sum;
  }

  /** Writes elements in sequence. */
  @Benchmark
  @Compare(
      what = "byte set, sequential",
      operations = ACCESSES,
      to = "bareSetSequential",
      atMost = 2,
      allocationFree = true)
  public void setSequential() {
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        pointer.set(i, (byte) i);
      }
    }
  }

  /** Writes elements in sequence without a memory. */
  @Benchmark
  public void bareSetSequential() {
    for (int done = 0; done < ACCESSES; done += count) {
      for (int i = 0; i < count; i++) {
        bare.setByte(first + i, (byte) i);
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
      what = "byte get, random",
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
      sum += bare.getByte(first + order[i]);
    }
    return sum;
  }

  /** Writes elements at random. */
  @Benchmark
  @Compare(
      what = "byte set, random",
      operations = ACCESSES,
      to = "bareSetRandom",
      atMost = 2,
      allocationFree = true)
  public void setRandom() {
    for (int i = 0; i < ACCESSES; i++) {
      pointer.set(order[i], (byte) i);
    }
  }

  /** Writes elements at random without a memory. */
  @Benchmark
  public void bareSetRandom() {
    for (int i = 0; i < ACCESSES; i++) {
      bare.setByte(first + order[i], (byte) i);
    }
  }
}
