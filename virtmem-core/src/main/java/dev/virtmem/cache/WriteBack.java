package dev.virtmem.cache;

import dev.virtmem.store.TransferBuffer;

/**
 * Writes dirty sectors to the store, joining neighbours into one transfer: over page borders, and
 * over gaps whose bytes are valid, where sending the gap is cheaper than another transfer.
 */
final class WriteBack {
  private final Frames frames;
  private final PageTable table;
  private final Transfers transfers;
  private final Counters counters;
  private final int maxGap;
  private final TransferBuffer buffer;
  private final PageRun run;

  /** The range of the transfer that is being gathered. */
  private long start;

  private long end;

  WriteBack(Frames frames, PageTable table, Transfers transfers, Counters counters, int maxGap) {
    this.frames = frames;
    this.table = table;
    this.transfers = transfers;
    this.counters = counters;
    this.maxGap = maxGap;
    this.run = new PageRun(frames.count);
    this.buffer = new TransferBuffer(frames.memory, Math.min(frames.count + 1, 64));
  }

  /**
   * Writes the dirty sectors of a page, and those of its neighbours that join its own.
   *
   * @throws dev.virtmem.store.StoreException if a transfer fails; its sectors are still dirty then
   */
  void write(int frame) {
    long page = frames.page[frame];
    long dirty = frames.dirty[frame];
    int first = Long.numberOfTrailingZeros(dirty);
    int count = Long.bitCount(dirty);
    if (dirty >>> first == -1L >>> (64 - count) && standsAlone(page, frame)) {
      writePart(page, frame, first << frames.sectorShift, count << frames.sectorShift);
    } else {
      gatherRun(page, frame);
      writeRun();
    }
  }

  /** Tells whether nothing dirty of the pages on either side joins a page. */
  private boolean standsAlone(long page, int frame) {
    int above = above(page);
    int below = below(page);
    return (above == Frames.NONE || !joins(frame, above))
        && (below == Frames.NONE || !joins(below, frame));
  }

  private void gatherRun(long page, int frame) {
    run.start(page, frame);
    int next;
    while ((next = above(run.high)) != Frames.NONE && joins(run.highest(), next)) {
      run.addAbove(next);
    }
    while ((next = below(run.low)) != Frames.NONE && joins(next, run.lowest())) {
      run.addBelow(next);
    }
  }

  /** Writes all that is dirty of a page on its own. */
  private void writePart(long page, int frame, int offset, int length) {
    buffer.clear();
    buffer.add(frames.base(frame) + offset, length);
    transfers.write((page << frames.pageShift) + offset, buffer);
    markClean(page, frame, frames.full);
  }

  private int above(long page) {
    return table.find(page + 1);
  }

  private int below(long page) {
    return page == 0 ? Frames.NONE : table.find(page - 1);
  }

  /**
   * Tells whether the last dirty sector of a page can be joined with the first of the next page.
   */
  private boolean joins(int lower, int upper) {
    long below = frames.dirty[lower];
    long above = frames.dirty[upper];
    if (below == 0 || above == 0) {
      return false;
    }
    int last = 63 - Long.numberOfLeadingZeros(below);
    long tail = last == 63 ? 0 : frames.full & (-1L << (last + 1));
    long head = (1L << Long.numberOfTrailingZeros(above)) - 1;
    int gap = (Long.bitCount(tail) + Long.bitCount(head)) << frames.sectorShift;
    return gap <= maxGap
        && (frames.valid[lower] & tail) == tail
        && (frames.valid[upper] & head) == head;
  }

  private void writeRun() {
    buffer.clear();
    for (long page = run.low; page <= run.high; page++) {
      int frame = run.frame(page);
      long base = page << frames.pageShift;
      long rest = frames.dirty[frame];
      while (rest != 0) {
        int from = Long.numberOfTrailingZeros(rest);
        int run = Long.numberOfTrailingZeros(~(rest >>> from));
        gather(
            base + ((long) from << frames.sectorShift),
            base + ((long) Math.min(from + run, 64) << frames.sectorShift));
        rest = from + run >= 64 ? 0 : rest & (-1L << (from + run));
      }
    }
    send();
  }

  private void gather(long from, long to) {
    if (buffer.length() > 0 && !gapIsCheap(end, from)) {
      send();
    }
    if (buffer.length() == 0) {
      start = from;
    } else {
      add(end, from);
    }
    add(from, to);
    end = to;
  }

  private boolean gapIsCheap(long from, long to) {
    if (to - from > maxGap) {
      return false;
    }
    for (long at = from; at < to; ) {
      int offset = (int) at & (frames.pageSize - 1);
      int length = (int) Math.min(to - at, frames.pageSize - offset);
      long sectors = frames.touched(offset, length);
      if ((frames.valid[run.frame(at >>> frames.pageShift)] & sectors) != sectors) {
        return false;
      }
      at += length;
    }
    return true;
  }

  private void add(long from, long to) {
    for (long at = from; at < to; ) {
      int offset = (int) at & (frames.pageSize - 1);
      int length = (int) Math.min(to - at, frames.pageSize - offset);
      buffer.add(frames.base(run.frame(at >>> frames.pageShift)) + offset, length);
      at += length;
    }
  }

  private void send() {
    if (buffer.length() == 0) {
      return;
    }
    try {
      transfers.write(start, buffer);
    } catch (RuntimeException e) {
      // Even clean bytes of a gap are undefined in the store now.
      mark(true);
      throw e;
    } finally {
      buffer.clear();
    }
    mark(false);
  }

  /** Marks the sectors of the transfer as dirty or clean. */
  private void mark(boolean asDirty) {
    for (long at = start; at < end; ) {
      int offset = (int) at & (frames.pageSize - 1);
      int length = (int) Math.min(end - at, frames.pageSize - offset);
      int frame = run.frame(at >>> frames.pageShift);
      long sectors = frames.touched(offset, length);
      if (asDirty) {
        frames.setDirty(frame, frames.dirty[frame] | sectors);
      } else {
        markClean(at >>> frames.pageShift, frame, sectors);
      }
      at += length;
    }
  }

  private void markClean(long page, int frame, long sectors) {
    long rest = frames.dirty[frame] & ~sectors;
    frames.setDirty(frame, rest);
    table.setClean(page);
    if (rest == 0) {
      counters.writeBacks++;
    }
  }
}
