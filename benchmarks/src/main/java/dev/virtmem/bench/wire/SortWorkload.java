package dev.virtmem.bench.wire;

import dev.virtmem.IntPointer;
import java.util.Arrays;

/** W5: quicksort of an array. */
final class SortWorkload implements Workload {
  private static final int COUNT = 20_000;

  @Override
  public void run(Machine machine) {
    IntPointer ints = machine.memory().allocateInts(COUNT);
    int[] model = new int[COUNT];
    var random = new RandomSequence();
    for (int i = 0; i < COUNT; i++) {
      model[i] = random.next();
      ints.set(i, model[i]);
    }
    machine.measure("W5", () -> sort(ints, 0, COUNT - 1));
    Arrays.sort(model);
    for (int i = 0; i < COUNT; i++) {
      Machine.verify(ints.get(i) == model[i], "W5 left a wrong int at " + i);
    }
  }

  /** Sorts from {@code lo} to {@code hi} inclusive: recursion on the smaller part only. */
  private static void sort(IntPointer a, int lo, int hi) {
    while (lo < hi) {
      int split = partition(a, lo, hi);
      if (split - lo < hi - split) {
        sort(a, lo, split);
        lo = split + 1;
      } else {
        sort(a, split + 1, hi);
        hi = split;
      }
    }
  }

  /** Partitions after Hoare; returns the last index of the lower part. */
  private static int partition(IntPointer a, int lo, int hi) {
    int pivot = a.get(lo + (hi - lo) / 2);
    int i = lo - 1;
    int j = hi + 1;
    while (true) {
      int low;
      do {
        low = a.get(++i);
      } while (low < pivot);
      int high;
      do {
        high = a.get(--j);
      } while (high > pivot);
      if (i >= j) {
        return j;
      }
      a.set(i, high);
      a.set(j, low);
    }
  }
}
