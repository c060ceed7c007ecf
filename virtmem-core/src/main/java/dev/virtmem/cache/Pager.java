package dev.virtmem.cache;

import dev.virtmem.MemoryListener;
import dev.virtmem.persist.DamagedPageException;
import dev.virtmem.policy.ReplacementPolicy;
import dev.virtmem.store.TransferBuffer;

/**
 * Brings pages into frames: finds a frame, evicts its page if need be, and reads what is missing.
 *
 * <p>A page in a frame may be valid in part. A read fetches what it needs, and as much around it as
 * {@link ReadAhead} says, in one transfer that may span pages; bytes on the way that are valid
 * already go into a sink. A write fetches nothing but the sectors that it changes in part.
 */
final class Pager {
  private final Frames frames;
  private final PageTable table;
  private final ReplacementPolicy policy;
  private final boolean tracksHits;
  private final ReadAhead readAhead;
  private final WriteBack writeBack;
  private final Transfers transfers;
  private final Counters counters;
  private final MemoryListener listener;
  private final LockBuffers lockBuffers;
  private final FrameHolders holders;
  private final long end;
  private final int maxGap;
  private final int sink;
  private final int sinkSize;
  private final TransferBuffer buffer;
  private final int[] free;
  private int freeCount;

  /** The pages that a fetch spans. */
  private final PageRun run;

  /** The range of the transfer that is being gathered. */
  private long gathered;

  private long gatheredEnd;

  Pager(CacheParts parts) {
    frames = parts.frames;
    table = parts.table;
    policy = parts.policy;
    tracksHits = policy.tracksHits();
    readAhead = parts.readAhead;
    writeBack = parts.writeBack;
    transfers = parts.transfers;
    counters = parts.counters;
    listener = parts.listener;
    lockBuffers = parts.lockBuffers;
    holders = parts.holders;
    end = parts.end;
    maxGap = parts.settings.maxReadGap();
    sinkSize = parts.settings.sink();
    sink = frames.memory.length - sinkSize;
    this.buffer = new TransferBuffer(frames.memory, 8);
    this.free = new int[frames.count];
    this.run = new PageRun(frames.count);
    for (int i = frames.count - 1; i >= 0; i--) {
      free[freeCount++] = i;
    }
  }

  /**
   * Makes bytes of one page valid.
   *
   * @param known how many bytes from {@code address} on the caller is about to read
   * @return the index of the first of them in the frames' memory
   */
  int forRead(long address, int length, long known) {
    long page = address >>> frames.pageShift;
    int offset = (int) address & (frames.pageSize - 1);
    long need = frames.touched(offset, length);
    int frame = table.find(page);
    if (frame != Frames.NONE && (frames.valid[frame] & need) == need) {
      hit(frame);
      return frames.base(frame) + offset;
    }
    fault(address, false);
    if (frame == Frames.NONE) {
      frame = bringIn(page);
    }
    long missing = need & ~frames.valid[frame];
    do {
      fetchMissing(frame, address, length, need, missing, known);
      missing = need & ~frames.valid[frame];
    } while (missing != 0);
    return frames.base(frame) + offset;
  }

  /** Fetches from the first to the last missing sector of a range, at the least the first ones. */
  private void fetchMissing(
      int frame, long address, int length, long need, long missing, long known) {
    // Where all of it is missing, as in a page just brought in, the range itself says it quicker.
    long from = address;
    long to = (address + length + frames.sectorSize - 1) & -frames.sectorSize;
    if (missing != need) {
      long page = address & -frames.pageSize;
      long first = page + ((long) Long.numberOfTrailingZeros(missing) << frames.sectorShift);
      from = Math.max(first, address);
      to = page + ((64L - Long.numberOfLeadingZeros(missing)) << frames.sectorShift);
    }
    fetch(frame, from, (int) (to - from), known - (from - address));
  }

  /**
   * Prepares bytes of one page for being written by the caller, which does it at once and then
   * calls {@link #written}.
   *
   * @return the index of the first of them in the frames' memory
   */
  int forWrite(long address, int length) {
    long page = address >>> frames.pageShift;
    int offset = (int) address & (frames.pageSize - 1);
    int frame = table.find(page);
    if (frame == Frames.NONE) {
      fault(address, true);
      frame = bringIn(page);
    } else {
      hit(frame);
    }
    long need = frames.touched(offset, length);
    long partial = need & ~frames.covered(offset, length);
    if ((partial & ~frames.valid[frame]) != 0) {
      frames.pin(frame);
      try {
        fetchSector(frame, address & -frames.sectorSize, partial);
        fetchSector(frame, (address + length - 1) & -frames.sectorSize, partial);
      } finally {
        frames.unpin(frame);
      }
    }
    return frames.base(frame) + offset;
  }

  /** Notes that the caller wrote bytes of one page, at an index that {@link #forWrite} gave. */
  void written(int index, int length) {
    int frame = index >>> frames.pageShift;
    long sectors = frames.touched(index & (frames.pageSize - 1), length);
    frames.valid[frame] |= sectors;
    frames.setDirty(frame, frames.dirty[frame] | sectors);
    update(frame);
  }

  private void fetchSector(int frame, long address, long wanted) {
    int offset = (int) address & (frames.pageSize - 1);
    if ((frames.touched(offset, 1) & wanted & ~frames.valid[frame]) != 0) {
      fetch(frame, address, frames.sectorSize, 0);
    }
  }

  private void hit(int frame) {
    counters.hits++;
    if (tracksHits) {
      policy.hit(frame);
    }
  }

  private void fault(long address, boolean write) {
    counters.faults++;
    if (listener != null) {
      listener.fault(address, write);
    }
  }

  /** Notes whether each byte of a frame's page may be accessed without asking the pager. */
  void update(int frame) {
    update(frames.page[frame], frame);
  }

  private void update(long page, int frame) {
    boolean direct = frames.valid[frame] == frames.full && !tracksHits && page != 0;
    int clean = frames.dirty[frame] == frames.full ? 0 : PageTable.CLEAN;
    table.set(page, frame, direct ? clean : PageTable.INDIRECT | PageTable.CLEAN);
  }

  /** Returns the page's frame; it is brought in with nothing valid if it has none. */
  int frameFor(long page) {
    int frame = table.find(page);
    return frame == Frames.NONE ? bringIn(page) : frame;
  }

  private int bringIn(long page) {
    int frame = tryBringIn(page);
    if (frame == Frames.NONE) {
      throw holders.noFrame(page << frames.pageShift);
    }
    return frame;
  }

  /** Gives a page that has no frame one with nothing valid; NONE if all are pinned. */
  private int tryBringIn(long page) {
    if (freeCount == 0) {
      return replaceVictim(page);
    }
    int frame = free[--freeCount];
    policy.inserted(frame, page);
    install(page, frame);
    return frame;
  }

  private int replaceVictim(long page) {
    int victim = policy.victim(frames);
    if (victim != Frames.NONE) {
      evict(victim);
      policy.replaced(victim, page);
      install(page, victim);
    }
    return victim;
  }

  private void install(long page, int frame) {
    frames.page[frame] = page;
    table.add(page, frame);
    counters.pageIns++;
  }

  private void evict(int frame) {
    if (frames.dirty[frame] != 0) {
      writeBack.write(frame);
    }
    clear(frame);
    counters.evictions++;
  }

  private void clear(int frame) {
    table.remove(frames.page[frame]);
    frames.page[frame] = Frames.NONE;
    frames.valid[frame] = 0;
  }

  /** Gives a clean, unpinned frame's page up. */
  void release(int frame) {
    policy.removed(frame);
    clear(frame);
    free[freeCount++] = frame;
  }

  /**
   * Sees to it that a page is in a certain frame, with what was valid of it before. The page that
   * was there is evicted, or takes the other's place. Neither frame may be pinned.
   */
  void place(long page, int frame) {
    int now = table.find(page);
    if (now == frame) {
      return;
    }
    if (now != Frames.NONE) {
      move(now, frame);
      return;
    }
    if (frames.page[frame] == Frames.NONE) {
      takeFree(frame);
    } else {
      evict(frame);
      policy.removed(frame);
    }
    policy.inserted(frame, page);
    install(page, frame);
  }

  /** Exchanges the pages of two frames; the second may be empty. */
  private void move(int from, int to) {
    if (frames.page[to] == Frames.NONE) {
      takeFree(to);
      free[freeCount++] = from;
    } else {
      policy.removed(to);
    }
    policy.removed(from);
    table.remove(frames.page[from]);
    if (frames.page[to] != Frames.NONE) {
      table.remove(frames.page[to]);
    }
    frames.swap(from, to);
    for (int frame : new int[] {from, to}) {
      if (frames.page[frame] != Frames.NONE) {
        table.add(frames.page[frame], frame);
        policy.inserted(frame, frames.page[frame]);
        update(frame);
      }
    }
  }

  private void takeFree(int frame) {
    int i = 0;
    while (free[i] != frame) {
      i++;
    }
    free[i] = free[--freeCount];
  }

  int freeCount() {
    return freeCount;
  }

  /** Forgets which addresses were read in sequence. */
  void forgetStreams() {
    readAhead.forget();
  }

  private void fetch(int frame, long address, int length, long known) {
    readAhead.plan(address, length, known);
    long from = readAhead.from & -frames.sectorSize;
    long to = Math.min(end, (readAhead.to + frames.sectorSize - 1) & -frames.sectorSize);
    try {
      fetchRange(frame, address, from, to);
    } catch (DamagedPageException e) {
      long first = address & -frames.sectorSize;
      long behind = (address + length + frames.sectorSize - 1) & -frames.sectorSize;
      if (from == first && to == behind) {
        throw e;
      }
      // What was read on suspicion must not take along what was asked for.
      fetchRange(frame, address, first, behind);
    }
  }

  private void fetchRange(int frame, long address, long from, long to) {
    long page = address >>> frames.pageShift;
    if (from >>> frames.pageShift == (to - 1) >>> frames.pageShift && frames.valid[frame] == 0) {
      fetchInto(page, frame, from, to);
    } else {
      fetchRun(page, frame, from, to, address & -frames.sectorSize);
    }
  }

  /** Fetches a part of a page of which nothing is valid yet. */
  private void fetchInto(long page, int frame, long from, long to) {
    int offset = (int) from & (frames.pageSize - 1);
    int length = (int) (to - from);
    buffer.clear();
    buffer.add(frames.base(frame) + offset, length);
    transfers.read(from, buffer);
    readAhead.done(from, to);
    frames.valid[frame] = frames.touched(offset, length) & ~lockBuffers.sectors(page);
    update(page, frame);
  }

  private void fetchRun(long page, int frame, long from, long to, long need) {
    frames.pin(frame);
    run.start(page, frame);
    try {
      long last = (to - 1) >>> frames.pageShift;
      while (run.high < last && (frame = pinMissing(run.high + 1, from, to)) != Frames.NONE) {
        run.addAbove(frame);
      }
      long first = from >>> frames.pageShift;
      while (run.low > first && (frame = pinMissing(run.low - 1, from, to)) != Frames.NONE) {
        run.addBelow(frame);
      }
      from = Math.max(from, run.low << frames.pageShift);
      to = Math.min(to, (run.high + 1) << frames.pageShift);
      gather(from, to, need);
      if (buffer.length() > 0) {
        transfers.read(gathered, buffer);
        readAhead.done(gathered, gatheredEnd);
        markValid();
      }
    } finally {
      for (page = run.low; page <= run.high; page++) {
        frames.unpin(run.frame(page));
      }
    }
  }

  /** Pins a frame for a page that a read ahead spans, unless nothing of it is missing. */
  private int pinMissing(long page, long from, long to) {
    int frame = table.find(page);
    if (frame == Frames.NONE) {
      frame = tryBringIn(page);
    } else if (missing(page, frame, from, to) == 0) {
      return Frames.NONE;
    }
    if (frame != Frames.NONE) {
      frames.pin(frame);
    }
    return frame;
  }

  /** Returns the sectors of a page in a range that are neither valid nor in a lock buffer. */
  private long missing(long page, int frame, long from, long to) {
    long base = page << frames.pageShift;
    int low = (int) (Math.max(from, base) - base);
    int high = (int) (Math.min(to, base + frames.pageSize) - base);
    return frames.touched(low, high - low) & ~frames.valid[frame] & ~lockBuffers.sectors(page);
  }

  /**
   * Gathers the missing sectors of a range for one transfer. It ends early at a long run of sectors
   * that are not missing, and starts late behind one, if that run does not lie inside of what is
   * needed.
   */
  private void gather(long from, long to, long need) {
    buffer.clear();
    gatheredEnd = from;
    for (long page = run.low; page <= run.high; page++) {
      int frame = run.frame(page);
      long base = page << frames.pageShift;
      long rest = missing(page, frame, from, to);
      while (rest != 0) {
        int first = Long.numberOfTrailingZeros(rest);
        int count = Math.min(Long.numberOfTrailingZeros(~(rest >>> first)), 64 - first);
        long start = base + ((long) first << frames.sectorShift);
        if (buffer.length() > 0 && start - gatheredEnd > maxGap) {
          if (gatheredEnd > need) {
            return;
          }
          buffer.clear();
        }
        if (buffer.length() == 0) {
          gathered = start;
        } else {
          passOver(start - gatheredEnd);
        }
        int bytes = count << frames.sectorShift;
        buffer.add(frames.base(frame) + (first << frames.sectorShift), bytes);
        gatheredEnd = start + bytes;
        rest = first + count == 64 ? 0 : rest & (-1L << (first + count));
      }
    }
  }

  private void passOver(long gap) {
    for (long rest = gap; rest > 0; rest -= sinkSize) {
      buffer.add(sink, (int) Math.min(rest, sinkSize));
    }
  }

  private void markValid() {
    long last = (gatheredEnd - 1) >>> frames.pageShift;
    for (long page = gathered >>> frames.pageShift; page <= last; page++) {
      int frame = run.frame(page);
      frames.valid[frame] |= missing(page, frame, gathered, gatheredEnd);
      update(frame);
    }
  }
}
