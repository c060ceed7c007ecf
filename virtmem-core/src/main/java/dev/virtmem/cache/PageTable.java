package dev.virtmem.cache;

import java.util.Arrays;

/**
 * Finds the frame of a page.
 *
 * <p>Like an MMU's translation look-aside buffer, an array says in which frame a page was last
 * seen; what it says holds only if that frame does hold the page. For a small pool the array has an
 * entry for each page, and so knows all. For a larger one it has a few entries a frame, and behind
 * it stands a hash table with linear probing: the RAM follows the number of frames, not the pool.
 */
final class PageTable {
  /** Frame by page number modulo the length, which is a power of two. */
  final char[] recent;

  final int recentMask;
  private final boolean complete;
  private final long[] pageOf;
  private final long[] pages;
  private final char[] frames;
  private final int mask;
  private final int shift;

  /**
   * Creates an empty table.
   *
   * @param pageOf the page that each frame holds, kept by the caller
   * @param poolPages pages of the pool
   */
  PageTable(long[] pageOf, long poolPages) {
    this.pageOf = pageOf;
    long entries = Math.min(poolPages, Math.max(2048, 8L * pageOf.length));
    recent = new char[(int) Long.highestOneBit(entries * 2 - 1)];
    recentMask = recent.length - 1;
    complete = recent.length >= poolPages;
    int slots = complete ? 2 : Math.max(4, Integer.highestOneBit(pageOf.length * 2 - 1) * 2);
    pages = new long[slots];
    frames = new char[slots];
    mask = slots - 1;
    shift = 64 - Integer.numberOfTrailingZeros(slots);
    Arrays.fill(pages, Frames.NONE);
  }

  /** Returns the frame of a page, or NONE. */
  int find(long page) {
    int frame = recent[(int) page & recentMask];
    return pageOf[frame] == page ? frame : complete ? Frames.NONE : search(page);
  }

  private int search(long page) {
    for (int slot = slot(page); pages[slot] != Frames.NONE; slot = (slot + 1) & mask) {
      if (pages[slot] == page) {
        return frames[slot];
      }
    }
    return Frames.NONE;
  }

  /** Lets the next search for a page that is in the table be quick. */
  void remember(long page, int frame) {
    recent[(int) page & recentMask] = (char) frame;
  }

  /** Notes the frame of a page that is not in the table. */
  void add(long page, int frame) {
    remember(page, frame);
    if (complete) {
      return;
    }
    int slot = slot(page);
    while (pages[slot] != Frames.NONE) {
      slot = (slot + 1) & mask;
    }
    pages[slot] = page;
    frames[slot] = (char) frame;
  }

  /** Removes a page that is in the table, and closes the gap so that no tombstones remain. */
  void remove(long page) {
    if (complete) {
      return;
    }
    int gap = slot(page);
    while (pages[gap] != page) {
      gap = (gap + 1) & mask;
    }
    for (int next = (gap + 1) & mask; pages[next] != Frames.NONE; next = (next + 1) & mask) {
      int home = slot(pages[next]);
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        pages[gap] = pages[next];
        frames[gap] = frames[next];
        gap = next;
      }
    }
    pages[gap] = Frames.NONE;
  }

  /** Returns how many pages of a number of frames the hash table should and does know. */
  boolean knows(int count) {
    int used = 0;
    for (long page : pages) {
      used += page == Frames.NONE ? 0 : 1;
    }
    return used == (complete ? 0 : count);
  }

  long ramBytes() {
    return 2L * recent.length + 10L * pages.length;
  }

  private int slot(long page) {
    return (int) (page * 0x9E3779B97F4A7C15L >>> shift); // golden ratio: any stride spreads
  }
}
