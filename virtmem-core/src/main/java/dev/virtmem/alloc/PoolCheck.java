package dev.virtmem.alloc;

import dev.virtmem.CorruptPoolException;

/** Reads all of a pool's blocks and verifies what must hold between neighbours. */
final class PoolCheck {
  private final BlockManager blocks;
  private final PoolLayout layout;

  PoolCheck(BlockManager blocks) {
    this.blocks = blocks;
    this.layout = blocks.layout();
  }

  /**
   * Verifies the pool and counts.
   *
   * @return what is used; the peak is no more than that
   * @throws CorruptPoolException at the first fault
   */
  Usage count() {
    Usage usage = new Usage(0, 0, 0, 0);
    long before = layout.start();
    boolean beforeFree = false;
    long size;
    for (long start = layout.start(); start < layout.end(); start += size) {
      long header = blocks.header(start);
      size = BlockHeaders.size(header);
      boolean free = !BlockHeaders.isUsed(header);
      if (beforeFree != ((header & BlockHeaders.PREVIOUS_FREE) != 0)) {
        throw new CorruptPoolException("block at " + start + " is wrong about the one before it");
      }
      if (beforeFree && blocks.headers().startOfFree(start) != before) {
        throw new CorruptPoolException("footer before " + start + " does not lead to " + before);
      }
      if (beforeFree && free && blocks.joinable(before, start, start + size)) {
        throw new CorruptPoolException("free blocks at " + before + " and " + start);
      }
      if (!layout.sameRegion(before, start) && start % layout.unit() != 0) {
        throw new CorruptPoolException(
            "block at "
                + start
                + " is the first of its region and not at a multiple of "
                + layout.unit());
      }
      usage = free ? usage.plus(0, 0, 1) : usage.plus(size, 1, 0);
      before = start;
      beforeFree = free;
    }
    return usage;
  }
}
