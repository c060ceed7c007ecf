package dev.virtmem.alloc;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The state of a pool at one moment. All sizes are bytes of whole blocks, headers included.
 *
 * @param usedBytes bytes in used blocks
 * @param freeBytes bytes in free blocks
 * @param usedBlocks number of used blocks
 * @param freeBlocks number of free blocks
 * @param largestFree size of the largest free block, 0 if there is none
 * @param freeBySize how many free blocks there are of 2^i up to below 2^(i+1) bytes, at index i
 */
public record HeapReport(
    long usedBytes,
    long freeBytes,
    long usedBlocks,
    long freeBlocks,
    long largestFree,
    List<Long> freeBySize) {

  /**
   * Creates a report.
   *
   * @throws NullPointerException if the list is null
   */
  public HeapReport {
    freeBySize = List.copyOf(freeBySize);
  }

  /**
   * Looks at all blocks of a pool; reads, changes nothing.
   *
   * @param blocks see {@link Allocator#walk}
   * @return the report
   */
  public static HeapReport of(Iterable<Block> blocks) {
    long usedBytes = 0;
    long freeBytes = 0;
    long usedBlocks = 0;
    long freeBlocks = 0;
    long largest = 0;
    List<Long> bySize = new ArrayList<>(Collections.nCopies(Long.SIZE - 1, 0L));
    for (Block block : blocks) {
      if (block.used()) {
        usedBytes += block.size();
        usedBlocks++;
      } else {
        freeBytes += block.size();
        freeBlocks++;
        largest = Math.max(largest, block.size());
        int log = Long.SIZE - 1 - Long.numberOfLeadingZeros(block.size());
        bySize.set(log, bySize.get(log) + 1);
      }
    }
    return new HeapReport(usedBytes, freeBytes, usedBlocks, freeBlocks, largest, bySize);
  }

  /**
   * Returns how badly the free memory is scattered.
   *
   * @return 0 if it is one block or none, towards 1 the smaller the largest one is beside all
   */
  public double fragmentation() {
    return freeBytes == 0 ? 0 : 1 - (double) largestFree / freeBytes;
  }
}
