package dev.virtmem.alloc;

/**
 * How much of a pool is in use. An allocator of a pool that is opened again is given the figures
 * that the last one had, so that it need not read the whole pool.
 *
 * @param usedBytes bytes in used blocks, their headers included
 * @param peakBytes the most that {@code usedBytes} has been
 * @param usedBlocks number of used blocks
 * @param freeBlocks number of free blocks
 */
public record Usage(long usedBytes, long peakBytes, long usedBlocks, long freeBlocks) {

  /**
   * Creates the figures.
   *
   * @throws IllegalArgumentException if a number is negative or more is used than the peak
   */
  public Usage {
    if (usedBytes < 0 || peakBytes < usedBytes || usedBlocks < 0 || freeBlocks < 0) {
      throw new IllegalArgumentException(
          "used "
              + usedBytes
              + ", peak "
              + peakBytes
              + ", blocks "
              + usedBlocks
              + " used, "
              + freeBlocks
              + " free: none may be negative, nor the peak below the use");
    }
  }

  /** One step on: bytes and blocks that came into use, free blocks that came into being. */
  Usage plus(long bytes, int used, int free) {
    long now = usedBytes + bytes;
    return new Usage(now, Math.max(peakBytes, now), usedBlocks + used, freeBlocks + free);
  }
}
