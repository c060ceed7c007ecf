package dev.virtmem.bench.wire;

/** The generator that the workloads are defined by: linear congruential, modulo 2^32. */
final class RandomSequence {
  private int x = 12345;

  /** Returns the next number, as a signed int. */
  int next() {
    x = x * 1664525 + 1013904223;
    return x;
  }

  /** Returns the next index from 0 to {@code bound} - 1. */
  int nextIndex(int bound) {
    return (next() >>> 8) % bound;
  }
}
