package dev.virtmem.alloc;

import static dev.virtmem.alloc.BlockHeaders.PREVIOUS_FREE;
import static dev.virtmem.alloc.BlockHeaders.USED;
import static dev.virtmem.alloc.BlockHeaders.WIDE;
import static dev.virtmem.alloc.BlockHeaders.isUsed;
import static dev.virtmem.alloc.BlockHeaders.size;

/**
 * Splits and joins blocks. Which free block serves a request is not decided here.
 *
 * <p>Two free blocks are never neighbours, with one exception in pools of regions above 4 KiB: a
 * free block stays on its own at the start of a region while joining it to the one before would
 * leave the region with a first block that is not at a multiple of {@link PoolLayout#unit}.
 *
 * <p>Each operation reads first, then writes through the journal, then changes what is in RAM. The
 * writes are so ordered that bytes of a block in use are overwritten by the last one only: a failed
 * operation leaves them as they are even where the device refuses to take anything back.
 */
final class BlockManager {
  private final PoolLayout layout;
  private final Journal journal;
  private final BlockHeaders headers;
  private Usage usage;

  BlockManager(PoolBytes pool, PoolLayout layout, Usage usage) {
    this.layout = layout;
    this.journal = new Journal(pool);
    this.headers = new BlockHeaders(pool, journal, layout);
    this.usage = usage;
  }

  PoolLayout layout() {
    return layout;
  }

  Usage usage() {
    return usage;
  }

  BlockHeaders headers() {
    return headers;
  }

  /** Reads the header of a block; throws if it is damaged. */
  long header(long start) {
    return headers.read(start);
  }

  /** Takes back what a failed operation wrote. */
  void settle() {
    journal.settle();
  }

  /** Makes the whole pool one free block. */
  void format() {
    headers.writeNew(layout.start(), layout.size());
  }

  /** Returns the size of the smallest block for a payload of 1 to 2^46 bytes. */
  static long blockSize(long bytes) {
    long narrow = PoolLayout.alignUp(bytes + 4, 8);
    return narrow < BlockHeaders.LARGE_SIZE ? narrow : PoolLayout.alignUp(bytes + 8, 8);
  }

  /** Uses the lower part of a free block, or all of it; returns the address of the payload. */
  long allocate(long start, long bytes, BlockListener listener) {
    long header = header(start);
    long end = start + size(header);
    long cut = cut(start, blockSize(bytes), end);
    long flags = USED | header & PREVIOUS_FREE | (bytes + 8 <= cut - start ? WIDE : 0);
    long restEnd = carve(start, start, cut, end, flags);
    usage = usage.plus(cut - start, 1, (cut < end ? 0 : -1) - (restEnd > end ? 1 : 0));
    listener.taken(start);
    tellRest(cut, end, restEnd, listener);
    return BlockHeaders.payload(start, flags);
  }

  /** Extends a used block into the free one behind it; returns false if that cannot be. */
  boolean grow(long start, long header, long bytes, BlockListener listener) {
    long next = start + size(header);
    if (next == layout.end()) {
      return false;
    }
    long nextHeader = header(next);
    long end = next + size(nextHeader);
    long payloadAt = BlockHeaders.payload(start, header) - start;
    if (isUsed(nextHeader) || bytes > end - start - payloadAt) {
      return false;
    }
    long cut = cut(start, PoolLayout.alignUp(payloadAt + bytes, 8), end);
    boolean narrowTooLarge = payloadAt < 8 && cut - start >= BlockHeaders.LARGE_SIZE;
    if (narrowTooLarge || cut == end && !joinable(start, next, end)) {
      return false;
    }
    long restEnd = carve(start, next, cut, end, header & (USED | WIDE | PREVIOUS_FREE));
    usage = usage.plus(cut - next, 0, (cut < end ? 0 : -1) - (restEnd > end ? 1 : 0));
    listener.joined(next, end);
    tellRest(cut, end, restEnd, listener);
    return true;
  }

  /** Frees a used block, joining it with the free ones around it. */
  void free(long start, long header, BlockListener listener) {
    long behind = start + size(header);
    long nextHeader = behind < layout.end() ? header(behind) : USED;
    long end = behind + size(nextHeader);
    boolean joinsNext = !isUsed(nextHeader) && joinable(start, behind, end);
    if (!joinsNext) {
      end = behind;
    }
    long from = start;
    long fromHeader = header;
    long gone = start;
    int joins = joinsNext ? 1 : 0;
    while ((fromHeader & PREVIOUS_FREE) != 0) {
      long before = headers.startOfFree(from);
      if (!joinable(before, from, end)) {
        break;
      }
      gone = from;
      from = before;
      fromHeader = header(before);
      joins++;
    }
    writeFree(start, behind, joinsNext ? USED : nextHeader, from, end, fromHeader);
    usage = usage.plus(-size(header), -1, 1 - joins);
    for (long block : new long[] {gone, start, behind}) {
      if (block > from && block < end) {
        listener.joined(block, end);
      }
    }
    listener.freed(from, end - from);
  }

  private void writeFree(
      long start, long behind, long nextHeader, long from, long end, long fromHeader) {
    long free = end - from | fromHeader & PREVIOUS_FREE;
    journal.atomically(
        () -> {
          if (end == behind && end < layout.end()) {
            headers.write(end, nextHeader | PREVIOUS_FREE);
          }
          if (from < start) {
            headers.erase(start);
          }
          if (end == behind) {
            headers.write(from, free);
            headers.writeFooter(end, end - from);
          } else {
            headers.writeFooter(end, end - from);
            headers.write(from, free);
          }
        });
  }

  /**
   * Makes [start, cut) a used block and what is left of the free block [free, end) a free one;
   * returns where that ends.
   */
  private long carve(long start, long free, long cut, long end, long flags) {
    long nextHeader = cut == end && end < layout.end() ? header(end) : 0;
    long restEnd = restEnd(free, cut, end);
    journal.atomically(
        () -> {
          if (cut < end) {
            headers.writeNew(cut, restEnd - cut);
            headers.writeFooter(restEnd, restEnd - cut);
          } else if (end < layout.end()) {
            headers.write(end, nextHeader & ~PREVIOUS_FREE);
          }
          headers.write(start, cut - start | flags);
        });
    return restEnd;
  }

  /** The rest of a free block may be joinable with the next one where the whole was not. */
  private long restEnd(long free, long cut, long end) {
    boolean nowJoinable =
        layout.unit() > 8
            && cut < end
            && end < layout.end()
            && layout.sameRegion(cut, end)
            && !layout.sameRegion(free, end);
    long header = nowJoinable ? header(end) : USED;
    return isUsed(header) ? end : end + size(header);
  }

  private void tellRest(long cut, long end, long restEnd, BlockListener listener) {
    if (restEnd > end) {
      listener.joined(end, restEnd);
    }
    if (cut < end) {
      listener.split(cut);
      listener.freed(cut, restEnd - cut);
    }
  }

  /**
   * Returns where a block of at least some size ends that is cut off one that ends at {@code end}.
   */
  private long cut(long start, long size, long end) {
    long cut = start + size;
    if (!layout.sameRegion(start, cut)) {
      cut = PoolLayout.alignUp(cut, layout.unit());
    }
    return Math.min(cut, end);
  }

  /** Tells whether [first, second) and [second, end) may be one block. */
  boolean joinable(long first, long second, long end) {
    return end % layout.unit() == 0
        || end == layout.end()
        || layout.sameRegion(first, second)
        || !layout.sameRegion(second, end);
  }
}
