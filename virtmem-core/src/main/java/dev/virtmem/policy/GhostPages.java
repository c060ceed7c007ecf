package dev.virtmem.policy;

import java.util.Arrays;

/**
 * The numbers of the pages that were evicted last, without their bytes. When it is full, adding a
 * page forgets the one that was added before all others.
 *
 * <p>A slot for each page, linked by age, is found through an open-addressed table with linear
 * probing that is at most half full. Every operation takes constant time on average and allocates
 * nothing.
 *
 * <p>RAM: 24 to 32 bytes for each page that fits.
 */
final class GhostPages {

  private static final int EMPTY = -1;

  /** 2 to the 64th over the golden ratio: spreads neighbouring pages over the table. */
  private static final long SPREAD = 0x9E37_79B9_7F4A_7C15L;

  private final IndexList byAge;
  private final IndexList free;
  private final long[] pages;
  private final int[] table;
  private final int mask;
  private final int shift;

  /** Makes an empty record for {@code capacity} pages, at least 1. */
  GhostPages(int capacity) {
    byAge = new IndexList(capacity);
    free = byAge.sibling();
    for (int slot = 0; slot < capacity; slot++) {
      free.addLast(slot);
    }
    pages = new long[capacity];
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(2 * capacity - 1);
    table = new int[1 << bits];
    Arrays.fill(table, EMPTY);
    mask = table.length - 1;
    shift = Long.SIZE - bits;
  }

  /** Returns the RAM of the record, in bytes. */
  long ramBytes() {
    return byAge.ramBytes() + 8L * pages.length + 4L * table.length;
  }

  /** Notes a page that is not in the record. */
  void add(long page) {
    shrinkTo(pages.length - 1);
    int slot = free.first();
    free.remove(slot);
    byAge.addLast(slot);
    pages[slot] = page;
    table[find(page)] = slot;
  }

  /** Forgets a page, and tells whether it was in the record. */
  boolean remove(long page) {
    int hole = find(page);
    int slot = table[hole];
    if (slot == EMPTY) {
      return false;
    }
    byAge.remove(slot);
    free.addLast(slot);
    closeUp(hole);
    return true;
  }

  /** Forgets the oldest pages until at most {@code most} are left. */
  void shrinkTo(int most) {
    while (byAge.size() > most) {
      remove(pages[byAge.first()]);
    }
  }

  /** Where in the table a page is, or the empty place where it would go. */
  private int find(long page) {
    int place = home(page);
    while (table[place] != EMPTY && pages[table[place]] != page) {
      place = (place + 1) & mask;
    }
    return place;
  }

  private int home(long page) {
    return (int) ((page * SPREAD) >>> shift);
  }

  /** Empties a place; entries behind it that could no longer be found are moved forward. */
  private void closeUp(int place) {
    int hole = place;
    for (int at = (hole + 1) & mask; table[at] != EMPTY; at = (at + 1) & mask) {
      int distance = (at - home(pages[table[at]])) & mask;
      if (distance >= ((at - hole) & mask)) {
        table[hole] = table[at];
        hole = at;
      }
    }
    table[hole] = EMPTY;
  }

  /** Throws an {@link IllegalStateException} if the table and the list disagree. */
  void check() {
    byAge.check();
    free.check();
    int entries = 0;
    for (int slot : table) {
      entries += slot == EMPTY ? 0 : 1;
    }
    if (entries != byAge.size() || byAge.size() + free.size() != pages.length) {
      throw new IllegalStateException(
          entries + " entries, " + byAge.size() + " pages, " + free.size() + " free slots");
    }
    for (int slot = byAge.first(); slot != IndexList.NONE; slot = byAge.next(slot)) {
      if (table[find(pages[slot])] != slot) {
        throw new IllegalStateException("page " + pages[slot] + " cannot be found");
      }
    }
  }
}
