package dev.virtmem.persist;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.TransferBuffer;
import java.util.Arrays;

/**
 * Where each page of data lies, and its checksum. There are two levels: the root, in the header,
 * has an {@link Entry} for each table, and a table one for each of its pages. A few tables are in
 * RAM, the least recently used one goes first; a changed table goes to a new place like any other
 * page.
 */
final class PageTables {
  private static final int NONE = -1;

  private final BackingStore store;
  private final PoolBuffers buffers;
  private final PoolShape shape;
  private final PlaceMap places;
  private final Checksums checksums;
  private final long[] root;
  private final int[] tables;
  private final boolean[] dirty;
  private final long[] lastUse;
  private final TransferBuffer transfer;
  private long uses;

  PageTables(
      BackingStore store, PoolBuffers buffers, PlaceMap places, Checksums checksums, long[] root) {
    this.store = store;
    this.buffers = buffers;
    this.shape = buffers.shape;
    this.places = places;
    this.checksums = checksums;
    this.root = root;
    this.tables = new int[buffers.tables];
    this.dirty = new boolean[buffers.tables];
    this.lastUse = new long[buffers.tables];
    this.transfer = new TransferBuffer(buffers.memory, buffers.tables);
    Arrays.fill(tables, NONE);
  }

  /** Returns the entry of a page of data. */
  long entry(int page) {
    return LittleEndian.getLong(buffers.memory, at(page));
  }

  /** Changes the entry of a page of data, whose earlier place is given up. */
  void set(int page, long entry) {
    int at = at(page);
    int before = Entry.place(LittleEndian.getLong(buffers.memory, at));
    LittleEndian.setLong(buffers.memory, at, entry);
    dirty[slot(page / shape.perTable())] = true;
    if (before != 0) {
      places.release(before);
    }
  }

  private int at(int page) {
    int slot = load(page / shape.perTable());
    return buffers.table(slot) + page % shape.perTable() * Long.BYTES;
  }

  private int slot(int table) {
    int slot = 0;
    while (slot < tables.length && tables[slot] != table) {
      slot++;
    }
    return slot;
  }

  private int load(int table) {
    int slot = slot(table);
    if (slot == tables.length) {
      slot = leastUsed();
      evict(slot);
      fill(table, slot);
      tables[slot] = table;
    }
    lastUse[slot] = ++uses;
    return slot;
  }

  private int leastUsed() {
    int least = 0;
    for (int slot = 1; slot < tables.length; slot++) {
      if (lastUse[slot] < lastUse[least]) {
        least = slot;
      }
    }
    return least;
  }

  private void evict(int slot) {
    if (dirty[slot]) {
      writeRun(new int[] {slot}, 0, 1);
    }
    tables[slot] = NONE;
    lastUse[slot] = 0;
  }

  private void fill(int table, int slot) {
    int from = buffers.table(slot);
    if (root[table] == Entry.NONE) {
      Arrays.fill(buffers.memory, from, from + shape.pageSize(), (byte) 0);
      return;
    }
    int place = Entry.place(root[table]);
    store.read(shape.offset(place), buffers.memory, from, shape.pageSize());
    int found = checksums.ofTable(table, buffers.memory, from, shape.pageSize());
    if (found != Entry.checksum(root[table])) {
      throw new DamagedPageException(
          "table %d of %s, for pages %d to %d, at offset %d: checksum %08x, not %08x"
              .formatted(
                  table,
                  store,
                  (long) table * shape.perTable(),
                  Math.min((table + 1L) * shape.perTable(), shape.dataPages()) - 1,
                  shape.offset(place),
                  found,
                  Entry.checksum(root[table])));
    }
  }

  /** Writes all changed tables, so that the root leads to everything. */
  void writeAll() {
    int[] slots = new int[tables.length];
    int count = 0;
    for (int slot = 0; slot < tables.length; slot++) {
      if (dirty[slot]) {
        slots[count++] = slot;
      }
    }
    for (int done = 0; done < count; ) {
      done += writeRun(slots, done, count - done);
    }
  }

  /** Writes tables to places that follow each other, as many as there are; returns how many. */
  private int writeRun(int[] slots, int from, int most) {
    int start = places.find();
    int count = places.take(start, most);
    transfer.clear();
    for (int i = 0; i < count; i++) {
      transfer.add(buffers.table(slots[from + i]), shape.pageSize());
    }
    try {
      store.write(shape.offset(start), transfer);
    } catch (RuntimeException e) {
      for (int i = 0; i < count; i++) {
        places.release(start + i);
      }
      throw e;
    }
    for (int i = 0; i < count; i++) {
      written(slots[from + i], start + i);
    }
    return count;
  }

  private void written(int slot, int place) {
    int table = tables[slot];
    int checksum = checksums.ofTable(table, buffers.memory, buffers.table(slot), shape.pageSize());
    int before = Entry.place(root[table]);
    root[table] = Entry.of(place, checksum);
    dirty[slot] = false;
    if (before != 0) {
      places.release(before);
    }
  }

  /** Whether something changed that is not in a table on the store yet. */
  boolean dirty() {
    for (boolean one : dirty) {
      if (one) {
        return true;
      }
    }
    return false;
  }

  long[] root() {
    return root;
  }
}
