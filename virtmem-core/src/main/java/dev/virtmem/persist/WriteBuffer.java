package dev.virtmem.persist;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.TransferBuffer;
import java.util.Arrays;

/**
 * Changed pages that wait until they leave together, to places that follow each other as far as
 * there are any. While a page waits it may be changed again.
 */
final class WriteBuffer {
  /** As many pages as one may hold. */
  static final int MOST_PAGES = 16;

  static final int NONE = -1;

  private final BackingStore store;
  private final PoolBuffers buffers;
  private final PoolShape shape;
  private final PlaceMap places;
  private final PageTables tables;
  private final Checksums checksums;

  /** The page that waits in each slot, or NONE. */
  private final int[] pages;

  private final TransferBuffer transfer;
  private int count;

  WriteBuffer(
      BackingStore store,
      PoolBuffers buffers,
      PlaceMap places,
      PageTables tables,
      Checksums checksums) {
    this.store = store;
    this.buffers = buffers;
    this.shape = buffers.shape;
    this.places = places;
    this.tables = tables;
    this.checksums = checksums;
    this.pages = new int[buffers.waiting];
    this.transfer = new TransferBuffer(buffers.memory, buffers.waiting);
    Arrays.fill(pages, NONE);
  }

  int count() {
    return count;
  }

  boolean full() {
    return count == pages.length;
  }

  /** Returns where a page that waits starts in memory, or NONE. */
  int find(int page) {
    for (int slot = 0; slot < pages.length; slot++) {
      if (pages[slot] == page) {
        return buffers.waiting(slot);
      }
    }
    return NONE;
  }

  /** Returns where there is room for a page, which then {@link #add} adds. */
  int room() {
    return find(NONE);
  }

  /** Adds the page that the caller put where {@link #room()} said. */
  void add(int page) {
    int slot = (room() - buffers.waiting(0)) / shape.pageSize();
    pages[slot] = page;
    count++;
  }

  /**
   * Writes all pages. If that fails, those that were not written go on waiting.
   *
   * @throws dev.virtmem.store.StoreException if a transfer fails
   */
  void write() {
    while (count > 0) {
      int[] slots = inOrder();
      int start = places.find();
      writeRun(slots, start, places.take(start, count));
    }
  }

  private void writeRun(int[] slots, int start, int run) {
    int entered = 0;
    try {
      transfer.clear();
      for (int i = 0; i < run; i++) {
        transfer.add(buffers.waiting(slots[i]), shape.pageSize());
      }
      store.write(shape.offset(start), transfer);
      while (entered < run) {
        enter(slots[entered], start + entered);
        entered++;
      }
    } finally {
      for (int i = entered; i < run; i++) {
        places.release(start + i);
      }
    }
  }

  private void enter(int slot, int place) {
    int page = pages[slot];
    int checksum = checksums.ofPage(page, buffers.memory, buffers.waiting(slot), shape.pageSize());
    tables.set(page, Entry.of(place, checksum));
    pages[slot] = NONE;
    count--;
  }

  /** Returns the slots of the pages that wait, in the order of the pages. */
  private int[] inOrder() {
    int[] slots = new int[count];
    int filled = 0;
    for (int slot = 0; slot < pages.length; slot++) {
      if (pages[slot] != NONE) {
        int at = filled++;
        while (at > 0 && pages[slots[at - 1]] > pages[slot]) {
          slots[at] = slots[at - 1];
          at--;
        }
        slots[at] = slot;
      }
    }
    return slots;
  }
}
