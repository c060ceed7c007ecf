package dev.virtmem.bench.wire;

import dev.virtmem.BytePointer;
import dev.virtmem.IntPointer;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;

/** W1 to W4: bytes in sequence, ints at random, on one array. */
final class ArrayWorkload implements Workload {
  private static final int BYTES = 100_000;
  private static final int INTS = BYTES / 4;
  private static final int ACCESSES = 10_000;
  private static final ValueLayout.OfInt INT =
      ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  @Override
  public void run(Machine machine) {
    BytePointer bytes = machine.memory().allocateBytes(BYTES);
    IntPointer ints = bytes.asInts();
    byte[] model = new byte[BYTES];
    fillModel(model);

    machine.measure("W1", () -> write(bytes));
    verify(bytes, model, "W1");

    long[] sum = new long[1];
    machine.measure("W2", () -> sum[0] = sum(bytes));
    Machine.verify(sum[0] == sum(model), "W2 read something else than W1 wrote");

    machine.measure("W3", () -> writeAtRandom(ints));
    writeAtRandom(model);
    verify(bytes, model, "W3");

    machine.measure("W4", () -> sum[0] = sumAtRandom(ints));
    Machine.verify(sum[0] == sumAtRandom(model), "W4 read something else than W3 wrote");
  }

  private static void write(BytePointer bytes) {
    for (int i = 0; i < BYTES; i++) {
      bytes.set(i, (byte) (i * 31 >> 3));
    }
  }

  private static void fillModel(byte[] model) {
    for (int i = 0; i < BYTES; i++) {
      model[i] = (byte) (i * 31 >> 3);
    }
  }

  private static long sum(BytePointer bytes) {
    long sum = 0;
    for (int i = 0; i < BYTES; i++) {
      sum = sum * 31 + bytes.get(i);
    }
    return sum;
  }

  private static long sum(byte[] model) {
    long sum = 0;
    for (byte value : model) {
      sum = sum * 31 + value;
    }
    return sum;
  }

  private static void writeAtRandom(IntPointer ints) {
    var random = new RandomSequence();
    for (int i = 0; i < ACCESSES; i++) {
      ints.set(random.nextIndex(INTS), ~i);
    }
  }

  private static void writeAtRandom(byte[] model) {
    var random = new RandomSequence();
    for (int i = 0; i < ACCESSES; i++) {
      MemorySegment.ofArray(model).set(INT, random.nextIndex(INTS) * 4L, ~i);
    }
  }

  private static long sumAtRandom(IntPointer ints) {
    var random = new RandomSequence();
    long sum = 0;
    for (int i = 0; i < ACCESSES; i++) {
      sum = sum * 31 + ints.get(random.nextIndex(INTS));
    }
    return sum;
  }

  private static long sumAtRandom(byte[] model) {
    var random = new RandomSequence();
    long sum = 0;
    for (int i = 0; i < ACCESSES; i++) {
      sum = sum * 31 + MemorySegment.ofArray(model).get(INT, random.nextIndex(INTS) * 4L);
    }
    return sum;
  }

  private static void verify(BytePointer bytes, byte[] model, String workload) {
    for (int i = 0; i < BYTES; i++) {
      Machine.verify(bytes.get(i) == model[i], workload + " left a wrong byte at " + i);
    }
  }
}
