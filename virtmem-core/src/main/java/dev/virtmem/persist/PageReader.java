package dev.virtmem.persist;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;

/**
 * Reads pages of data and verifies them. Pages that follow each other on the store come in one
 * transfer; the last ones read stay at hand, since a cache above often asks for parts of a page.
 */
final class PageReader {
  static final int NONE = -1;

  private final BackingStore store;
  private final PoolBuffers buffers;
  private final PoolShape shape;
  private final PageTables tables;
  private final Checksums checksums;
  private final boolean[] verified;
  private int start;
  private int count;

  PageReader(BackingStore store, PoolBuffers buffers, PageTables tables, Checksums checksums) {
    this.store = store;
    this.buffers = buffers;
    this.shape = buffers.shape;
    this.tables = tables;
    this.checksums = checksums;
    this.verified = new boolean[buffers.read];
  }

  /** Forgets what was read, since places are about to be written. */
  void forget() {
    count = 0;
  }

  /**
   * Reads a page.
   *
   * @param last the last page that the caller is about to ask for
   * @return where it starts in memory, NONE if it was never written
   * @throws DamagedPageException if its checksum is wrong
   */
  int read(int page, int last) {
    long entry = tables.entry(page);
    int place = Entry.place(entry);
    if (place == 0) {
      return NONE;
    }
    if (place < start || place >= start + count) {
      fetch(place, run(page, place, last));
    }
    int slot = place - start;
    int at = buffers.read(slot);
    if (!verified[slot]) {
      int found = checksums.ofPage(page, buffers.memory, at, shape.pageSize());
      if (found != Entry.checksum(entry)) {
        throw new DamagedPageException(
            "page %d of %s, at offset %d: checksum %08x, not %08x"
                .formatted(page, store, shape.offset(place), found, Entry.checksum(entry)));
      }
      verified[slot] = true;
    }
    return at;
  }

  private int run(int page, int place, int last) {
    int run = 1;
    while (run < buffers.read
        && page + run <= last
        && Entry.place(tables.entry(page + run)) == place + run) {
      run++;
    }
    return run;
  }

  private void fetch(int place, int run) {
    count = 0;
    try {
      transfer(place, run);
    } catch (StoreException e) {
      if (run == 1) {
        throw e;
      }
      // A bad page must not take those before it along.
      transfer(place, 1);
    }
  }

  private void transfer(int place, int run) {
    store.read(shape.offset(place), buffers.memory, buffers.read(0), run * shape.pageSize());
    start = place;
    count = run;
    for (int i = 0; i < run; i++) {
      verified[i] = false;
    }
  }
}
