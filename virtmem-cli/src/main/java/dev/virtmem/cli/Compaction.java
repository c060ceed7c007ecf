package dev.virtmem.cli;

import dev.virtmem.alloc.Block;
import dev.virtmem.persist.PersistentStore;
import dev.virtmem.store.BackingStore;
import java.util.BitSet;

/** Copies a pool page by page, without the pages that lie wholly inside of free blocks. */
final class Compaction {
  /** The ends of a free block say how large it is. */
  private static final int ENDS = 8;

  private final BackingStore from;
  private int placesBefore;
  private int placesAfter;

  Compaction(BackingStore from) {
    this.from = from;
  }

  int placesBefore() {
    return placesBefore;
  }

  int placesAfter() {
    return placesAfter;
  }

  /** Makes another store of the same size a pool with the same contents. */
  void copyTo(BackingStore to) {
    var source = PersistentStore.openReadOnly(from);
    BitSet free = freePages(source);
    var target = PersistentStore.create(to, source.shape());
    byte[] page = new byte[source.shape().pageSize()];
    for (int i = 0; i < source.shape().dataPages(); i++) {
      if (source.isWritten(i) && !free.get(i)) {
        long offset = (long) i * page.length;
        source.read(offset, page, 0, page.length);
        target.write(offset, page, 0, page.length);
      }
    }
    for (int i = 0; i < PersistentStore.ROOTS; i++) {
      target.setRoot(i, source.root(i));
    }
    target.commit(source.heap());
    placesBefore = source.usedPlaces();
    placesAfter = target.usedPlaces();
  }

  private BitSet freePages(PersistentStore source) {
    var free = new BitSet(source.shape().dataPages());
    if (source.heap() == null) {
      return free;
    }
    int size = source.shape().pageSize();
    // The memory is not closed, since that would close the store.
    var memory = PoolArgument.openPool(source).memory();
    for (Block block : memory.blocks()) {
      if (!block.used()) {
        long first = (block.start() + ENDS + size - 1) / size;
        long behind = (block.start() + block.size() - ENDS) / size;
        if (first < behind) {
          free.set((int) first, (int) behind);
        }
      }
    }
    return free;
  }
}
