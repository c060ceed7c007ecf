package dev.virtmem.cache;

import java.util.Arrays;

/**
 * Finds the frame of a page: a hash table with linear probing, sized by the number of frames, not
 * by the size of the pool.
 */
final class PageTable {
  private final long[] pages;
  private final int[] frames;
  private final int mask;
  private final int shift;

  PageTable(int frameCount) {
    int slots = Math.max(4, Integer.highestOneBit(frameCount * 2 - 1) * 2);
    pages = new long[slots];
    frames = new int[slots];
    mask = slots - 1;
    shift = 64 - Integer.numberOfTrailingZeros(slots);
    Arrays.fill(pages, Frames.NONE);
  }

  /** Returns the frame of a page, or NONE. */
  int find(long page) {
    for (int slot = slot(page); ; slot = (slot + 1) & mask) {
      long there = pages[slot];
      if (there == page) {
        return frames[slot];
      }
      if (there == Frames.NONE) {
        return Frames.NONE;
      }
    }
  }

  /** Notes the frame of a page that is not in the table. */
  void add(long page, int frame) {
    int slot = slot(page);
    while (pages[slot] != Frames.NONE) {
      slot = (slot + 1) & mask;
    }
    pages[slot] = page;
    frames[slot] = frame;
  }

  /** Removes a page that is in the table, and closes the gap so that no tombstones remain. */
  void remove(long page) {
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

  int size() {
    int used = 0;
    for (long page : pages) {
      used += page == Frames.NONE ? 0 : 1;
    }
    return used;
  }

  long ramBytes() {
    return 12L * pages.length;
  }

  private int slot(long page) {
    return (int) ((page * 0x9E3779B97F4A7C15L) >>> shift); // golden ratio: any stride spreads
  }
}
