package dev.virtmem.cache;

import java.util.Arrays;

/**
 * Finds the frame of a page, and knows whether the page may be accessed without asking the pager.
 *
 * <p>For a small pool an array has an entry for each page. For a larger one there is a hash table
 * with linear probing, and before it a few entries a frame that say where a page was last seen,
 * like an MMU's translation look-aside buffer: the RAM follows the number of frames, not the pool.
 */
final class PageTable {
  /** An entry that is no frame's number. */
  static final int ABSENT = 0xFFFF;

  /** Is added to the number of a frame whose page must not be accessed directly. */
  static final int INDIRECT = 0x8000;

  /** Entry by page for a small pool; empty for a large one. */
  final char[] entries;

  private final long[] pageOf;
  private final char[] recent;
  private final long[] pages;
  private final char[] slots;
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
    boolean small = poolPages <= Math.max(4096, 8L * pageOf.length);
    entries = new char[small ? (int) poolPages : 0];
    Arrays.fill(entries, (char) ABSENT);
    int count = small ? 1 : Math.max(4, Integer.highestOneBit(pageOf.length * 2 - 1) * 2);
    recent = new char[small ? 1 : count * 4];
    pages = new long[count];
    slots = new char[count];
    mask = count - 1;
    shift = 64 - Integer.numberOfTrailingZeros(count);
    Arrays.fill(pages, Frames.NONE);
  }

  /** Returns the frame of a page of the pool or of the one behind its last, or NONE. */
  int find(long page) {
    int entry = entry(page);
    return entry == ABSENT ? Frames.NONE : entry & ~INDIRECT;
  }

  /** Returns the frame of a page, {@link #INDIRECT} added where that holds, or {@link #ABSENT}. */
  int entry(long page) {
    if (entries.length > 0) {
      return page < entries.length ? entries[(int) page] : ABSENT;
    }
    int slot = recent[(int) page & (recent.length - 1)];
    return pages[slot] == page ? slots[slot] : search(page);
  }

  private int search(long page) {
    for (int slot = slot(page); pages[slot] != Frames.NONE; slot = (slot + 1) & mask) {
      if (pages[slot] == page) {
        recent[(int) page & (recent.length - 1)] = (char) slot;
        return slots[slot];
      }
    }
    return ABSENT;
  }

  /** Notes the frame of a page that is not in the table; it may not be accessed directly. */
  void add(long page, int frame) {
    if (entries.length > 0) {
      entries[(int) page] = (char) (frame | INDIRECT);
      return;
    }
    int slot = slot(page);
    while (pages[slot] != Frames.NONE) {
      slot = (slot + 1) & mask;
    }
    pages[slot] = page;
    slots[slot] = (char) (frame | INDIRECT);
  }

  /** Notes whether a page that is in the table may be accessed directly. */
  void setDirect(long page, int frame, boolean direct) {
    char entry = (char) (direct ? frame : frame | INDIRECT);
    if (entries.length > 0) {
      entries[(int) page] = entry;
    } else {
      slots[slotOf(page)] = entry;
    }
  }

  /** Removes a page that is in the table, and closes the gap so that no tombstones remain. */
  void remove(long page) {
    if (entries.length > 0) {
      entries[(int) page] = ABSENT;
      return;
    }
    int gap = slotOf(page);
    for (int next = (gap + 1) & mask; pages[next] != Frames.NONE; next = (next + 1) & mask) {
      int home = slot(pages[next]);
      if (((next - home) & mask) >= ((next - gap) & mask)) {
        pages[gap] = pages[next];
        slots[gap] = slots[next];
        gap = next;
      }
    }
    pages[gap] = Frames.NONE;
  }

  /** Checks that the table knows the pages in frames, and no others. */
  void check() {
    int used = 0;
    for (int frame = 0; frame < pageOf.length; frame++) {
      if (pageOf[frame] != Frames.NONE) {
        used++;
        Checks.that(find(pageOf[frame]) == frame, "page %d is not found", pageOf[frame]);
      }
    }
    int known = 0;
    for (char entry : entries) {
      known += entry == ABSENT ? 0 : 1;
    }
    for (long page : pages) {
      known += page == Frames.NONE ? 0 : 1;
    }
    Checks.that(known == used, "page table knows %d of %d pages", known, used);
  }

  long ramBytes() {
    return 2L * entries.length + 2L * recent.length + 10L * pages.length;
  }

  private int slotOf(long page) {
    int slot = slot(page);
    while (pages[slot] != page) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int slot(long page) {
    return (int) (page * 0x9E3779B97F4A7C15L >>> shift); // golden ratio: any stride spreads
  }
}
