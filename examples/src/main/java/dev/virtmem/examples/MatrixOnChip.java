package dev.virtmem.examples;

import dev.virtmem.FloatPointer;
import dev.virtmem.PointerType;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.Stores;
import dev.virtmem.store.Traffic;
import java.util.Arrays;

/**
 * Multiplies matrices of 96 x 96 that fill a chip: along the columns as in a textbook, and along
 * the rows, which memory that comes in pages likes better.
 */
final class MatrixOnChip {
  private static final int N = 96;

  private final CountingStore store;
  private final VirtualMemory memory;
  private final FloatPointer a;
  private final FloatPointer b;
  private final FloatPointer product;

  private MatrixOnChip(CountingStore store, VirtualMemory memory) {
    this.store = store;
    this.memory = memory;
    a = memory.allocate(PointerType.FLOAT, N * N);
    b = memory.allocate(PointerType.FLOAT, N * N);
    product = memory.allocate(PointerType.FLOAT, N * N);
    for (int i = 0; i < N * N; i++) {
      a.set(i, i % 10);
      b.set(i, i % 7);
    }
  }

  private void alongColumns() {
    for (int row = 0; row < N; row++) {
      for (int column = 0; column < N; column++) {
        float sum = 0;
        for (int k = 0; k < N; k++) {
          sum += a.get(row * N + k) * b.get(k * N + column);
        }
        product.set(row * N + column, sum);
      }
    }
  }

  private void alongRows() {
    var sums = new float[N];
    var factors = new float[N];
    for (int row = 0; row < N; row++) {
      Arrays.fill(sums, 0);
      for (int k = 0; k < N; k++) {
        float factor = a.get(row * N + k);
        b.get(k * N, factors, 0, N);
        for (int column = 0; column < N; column++) {
          sums[column] += factor * factors[column];
        }
      }
      product.set(row * N, sums, 0, N);
    }
  }

  private void measure(String name, Runnable multiplication) {
    memory.drop();
    Traffic before = store.traffic();
    double start = store.modelledSeconds();
    multiplication.run();
    memory.flush();
    Traffic traffic = store.traffic().minus(before);
    System.out.printf(
        "%s %,10d bytes and %,7d transfers, %6.2f s; the last number is %.0f%n",
        name,
        traffic.bytesRead() + traffic.bytesWritten(),
        traffic.reads() + traffic.writes(),
        store.modelledSeconds() - start,
        product.get(N * N - 1));
  }

  static void main(String[] args) {
    var store = new CountingStore(Stores.open(StoreOption.of(args)));
    try (var memory = VirtualMemory.builder(store).ram(4096).open()) {
      System.out.println(store);
      var matrix = new MatrixOnChip(store, memory);
      matrix.measure("along columns", matrix::alongColumns);
      matrix.measure("along rows   ", matrix::alongRows);
    }
  }
}
