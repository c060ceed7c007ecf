package dev.virtmem.cache;

import java.util.Arrays;

/**
 * Finds the frame of a page, and knows whether the page may be accessed without asking the pager.
 *
 * <p>An entry is what to add to an address in the page to get its index in the frames' memory, so
 * that the hit path needs a sum and a comparison. The sum's upper bits say what is allowed: below
 * {@link #CLEAN} read and write; below 0 read, and write if what was written is marked dirty; else
 * ask the pager.
 *
 * <p>For a small pool an array has an entry for each page. For a larger one there is a hash table
 * with linear probing, and before it a few entries a frame that say where a page was last seen,
 * like an MMU's translation look-aside buffer: the RAM follows the number of frames, not the pool.
 */
final class PageTable {
  /** Set in the index of a page that is not dirty as a whole. */
  static final int CLEAN = 1 << 30;

  /** Set, with {@link #CLEAN}, in the index of a page that must not be accessed directly. */
  static final int INDIRECT = 1 << 31;

  /** The bits of an index that count. */
  static final int INDEX = CLEAN - 1;

  /** Entry by page for a small pool, and for the page behind its last; empty for a large one. */
  final int[] entries;

  private final long[] pageOf;
  private final int pageShift;
  private final char[] recent;
  private final long[] pages;
  private final int[] slots;
  private final int mask;
  private final int shift;

  /**
   * Creates an empty table.
   *
   * @param frames know which page each of them holds
   * @param poolPages pages of the pool
   */
  PageTable(Frames frames, long poolPages) {
    pageOf = frames.page;
    pageShift = frames.pageShift;
    boolean small = poolPages <= Math.max(4096, 8L * pageOf.length);
    entries = new int[small ? (int) poolPages + 1 : 0];
    Arrays.setAll(entries, this::absent);
    int count = small ? 1 : Math.max(4, Integer.highestOneBit(pageOf.length * 2 - 1) * 2);
    recent = new char[small ? 1 : count * 4];
    pages = new long[count];
    slots = new int[count];
    mask = count - 1;
    shift = 64 - Integer.numberOfTrailingZeros(count);
    Arrays.fill(pages, Frames.NONE);
  }

  /** Returns the frame of a page of the pool or of the one behind its last, or NONE. */
  int find(long page) {
    int index = index(page);
    return (index & CLEAN) == 0 && index < 0 ? Frames.NONE : (index & INDEX) >>> pageShift;
  }

  /** Returns the index of a page's first byte with what may be done; negative if it is absent. */
  int index(long page) {
    return entry(page) + ((int) page << pageShift);
  }

  /** Returns what to add to an address in a page of the pool, or behind it, to get its index. */
  int entry(long page) {
    int small = (int) page;
    if (small >= 0 && small < entries.length) {
      return entries[small];
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
    return absent(page);
  }

  private int absent(long page) {
    return INDIRECT - ((int) page << pageShift);
  }

  /** Notes the frame of a page that is not in the table; it may not be accessed directly. */
  void add(long page, int frame) {
    if (entries.length == 0) {
      int slot = slot(page);
      while (pages[slot] != Frames.NONE) {
        slot = (slot + 1) & mask;
      }
      pages[slot] = page;
    }
    set(page, frame, INDIRECT | CLEAN);
  }

  /**
   * Notes how a page that is in the table may be accessed.
   *
   * @param how 0, {@link #CLEAN}, or {@link #INDIRECT} and CLEAN
   */
  void set(long page, int frame, int how) {
    int small = (int) page;
    int entry = (frame << pageShift | how) - (small << pageShift);
    if (small >= 0 && small < entries.length) {
      entries[small] = entry;
    } else {
      slots[slotOf(page)] = entry;
    }
  }

  /** Notes that a page that is in the table is not dirty as a whole. */
  void setClean(long page) {
    int index = index(page);
    if ((index & CLEAN) == 0) {
      set(page, index >>> pageShift, CLEAN);
    }
  }

  /** Removes a page that is in the table, and closes the gap so that no tombstones remain. */
  void remove(long page) {
    int small = (int) page;
    if (small >= 0 && small < entries.length) {
      entries[small] = absent(page);
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
    for (int page = 0; page < entries.length; page++) {
      known += find(page) == Frames.NONE ? 0 : 1;
    }
    for (long page : pages) {
      known += page == Frames.NONE ? 0 : 1;
    }
    Checks.that(known == used, "page table knows %d of %d pages", known, used);
  }

  long ramBytes() {
    return 4L * entries.length + 2L * recent.length + 12L * pages.length;
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
