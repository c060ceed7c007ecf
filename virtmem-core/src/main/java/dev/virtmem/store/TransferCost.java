package dev.virtmem.store;

/**
 * What a transfer of a store costs: a fixed part and a part per byte, each way, as nominal figures
 * of the device. Only their proportions matter to a page cache: they tell how many bytes more in a
 * transfer are cheaper than another transfer.
 *
 * @param readNanos fixed part of a read, in ns, at least 0
 * @param readNanosPerByte part of a read that each byte adds, in ns, above 0
 * @param writeNanos fixed part of a write, in ns, at least 0
 * @param writeNanosPerByte part of a write that each byte adds, in ns, above 0
 * @param unit the smallest number of bytes that the device moves: a shorter transfer costs as much,
 *     a power of two
 */
public record TransferCost(
    double readNanos,
    double readNanosPerByte,
    double writeNanos,
    double writeNanosPerByte,
    int unit) {

  /** Ordinary memory: a call and a copy. */
  public static final TransferCost MEMORY = new TransferCost(20, 0.05, 20, 0.05, 1);

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if one is out of its range
   */
  public TransferCost {
    if (!(readNanos >= 0 && writeNanos >= 0 && readNanosPerByte > 0 && writeNanosPerByte > 0)) {
      throw new IllegalArgumentException(
          "transfer cost needs fixed parts >= 0 ns and parts per byte > 0 ns, got read "
              + readNanos
              + " + "
              + readNanosPerByte
              + " per byte, write "
              + writeNanos
              + " + "
              + writeNanosPerByte
              + " per byte");
    }
    if (Integer.bitCount(unit) != 1 || unit < 0) {
      throw new IllegalArgumentException("unit must be a power of two, got " + unit);
    }
  }

  /**
   * Returns the time of one read.
   *
   * @param bytes its length, at least 0
   * @return ns
   */
  public double readTime(long bytes) {
    return readNanos + Math.max(bytes, unit) * readNanosPerByte;
  }

  /**
   * Returns the time of one write.
   *
   * @param bytes its length, at least 0
   * @return ns
   */
  public double writeTime(long bytes) {
    return writeNanos + Math.max(bytes, unit) * writeNanosPerByte;
  }

  /**
   * Returns how many bytes could be read in the time of the fixed part.
   *
   * @return bytes, rounded up
   */
  public long readBreakEven() {
    return (long) Math.ceil(readNanos / readNanosPerByte);
  }

  /**
   * Returns how many bytes could be written in the time of the fixed part.
   *
   * @return bytes, rounded up
   */
  public long writeBreakEven() {
    return (long) Math.ceil(writeNanos / writeNanosPerByte);
  }
}
