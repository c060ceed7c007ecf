package dev.virtmem.cache;

import dev.virtmem.MemoryListener;
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

  /** Frames that are pinned while a fetch is under way. */
  private final int[] held;

  private int heldCount;

  Pager(CacheParts parts) {
    frames = parts.frames;
    table = parts.table;
    policy = parts.policy;
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
    this.held = new int[frames.count];
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
    do {
      fetch(address, length, known);
      frame = table.find(page);
    } while ((frames.valid[frame] & need) != need);
    return frames.base(frame) + offset;
  }

  /**
   * Prepares bytes of one page for being written by the caller, which does it at once.
   *
   * @return the index of the first of them in the frames' memory
   */
  int forWrite(long address, int length) {
    long page = address >>> frames.pageShift;
    int offset = (int) address & (frames.pageSize - 1);
    int frame = table.find(page);
    if (frame == Frames.NONE) {
      fault(address, true);
      frame = frameFor(page);
    } else {
      hit(frame);
    }
    long need = frames.touched(offset, length);
    long partial = need & ~frames.covered(offset, length);
    if ((partial & ~frames.valid[frame]) != 0) {
      fetchEdges(address & -frames.sectorSize, (address + length - 1) & -frames.sectorSize);
    }
    frames.valid[frame] |= need;
    frames.dirty[frame] |= need;
    update(frame);
    return frames.base(frame) + offset;
  }

  private void fetchEdges(long first, long last) {
    frames.pin(table.find(first >>> frames.pageShift));
    try {
      fetchSector(first);
      fetchSector(last);
    } finally {
      frames.unpin(table.find(first >>> frames.pageShift));
    }
  }

  private void fetchSector(long address) {
    int frame = table.find(address >>> frames.pageShift);
    int offset = (int) address & (frames.pageSize - 1);
    if ((frames.valid[frame] & frames.touched(offset, 1)) == 0) {
      fetch(address, frames.sectorSize, 0);
    }
  }

  private void hit(int frame) {
    counters.hits++;
    if (policy.tracksHits()) {
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
    frames.direct[frame] =
        frames.valid[frame] == frames.full && !policy.tracksHits() && frames.page[frame] != 0
            ? frames.page[frame]
            : Frames.NONE;
  }

  /** Returns the page's frame, which is brought in with nothing valid if it has none. */
  int frameFor(long page) {
    int frame = frameIfAny(page);
    if (frame == Frames.NONE) {
      throw holders.noFrame(page << frames.pageShift);
    }
    return frame;
  }

  private int frameIfAny(long page) {
    int frame = table.find(page);
    if (frame == Frames.NONE) {
      frame = freeCount > 0 ? free[--freeCount] : evict();
      if (frame != Frames.NONE) {
        install(page, frame);
      }
    }
    return frame;
  }

  private void install(long page, int frame) {
    frames.page[frame] = page;
    frames.valid[frame] = 0;
    frames.dirty[frame] = 0;
    table.add(page, frame);
    policy.inserted(frame, page);
    counters.pageIns++;
  }

  private int evict() {
    int victim = policy.victim(frames);
    if (victim != Frames.NONE) {
      if (frames.dirty[victim] != 0) {
        writeBack.write(victim);
      }
      policy.evicted(victim);
      clear(victim);
      counters.evictions++;
    }
    return victim;
  }

  private void clear(int frame) {
    table.remove(frames.page[frame]);
    frames.page[frame] = Frames.NONE;
    frames.direct[frame] = Frames.NONE;
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
      if (frames.dirty[frame] != 0) {
        writeBack.write(frame);
      }
      policy.removed(frame);
      clear(frame);
      counters.evictions++;
    }
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

  private void fetch(long address, int length, long known) {
    readAhead.plan(address, length, known);
    long from = Math.max(0, readAhead.from & -frames.sectorSize);
    long to = Math.min(end, (readAhead.to + frames.sectorSize - 1) & -frames.sectorSize);
    long page = address >>> frames.pageShift;
    heldCount = 0;
    try {
      hold(frameFor(page));
      long low = page;
      long high = page;
      while (high < (to - 1) >>> frames.pageShift && holdMissing(high + 1, from, to)) {
        high++;
      }
      while (low > from >>> frames.pageShift && holdMissing(low - 1, from, to)) {
        low--;
      }
      from = Math.max(from, low << frames.pageShift);
      to = Math.min(to, (high + 1) << frames.pageShift);
      transfer(from, to, address & -frames.sectorSize);
    } finally {
      while (heldCount > 0) {
        frames.unpin(held[--heldCount]);
      }
    }
  }

  private void hold(int frame) {
    frames.pin(frame);
    held[heldCount++] = frame;
  }

  /** Gets a frame for a page that a read ahead spans, unless nothing of it is missing. */
  private boolean holdMissing(long page, long from, long to) {
    int frame = table.find(page);
    if (frame != Frames.NONE && missing(page, frame, from, to) == 0) {
      return false;
    }
    frame = frameIfAny(page);
    if (frame == Frames.NONE) {
      return false;
    }
    hold(frame);
    return true;
  }

  /** Returns the sectors of a page in a range that are neither valid nor in a lock buffer. */
  private long missing(long page, int frame, long from, long to) {
    long base = page << frames.pageShift;
    int low = (int) (Math.max(from, base) - base);
    int high = (int) (Math.min(to, base + frames.pageSize) - base);
    return frames.touched(low, high - low) & ~frames.valid[frame] & ~lockBuffers.sectors(page);
  }

  /**
   * Reads the missing sectors of a range whose pages all have frames, in one transfer. It ends early
   * at a long run of sectors that are valid, and starts late behind one, if that run does not lie
   * inside of what is needed.
   */
  private void transfer(long from, long to, long need) {
    buffer.clear();
    long start = from;
    long at = from;
    for (long page = from >>> frames.pageShift; page <= (to - 1) >>> frames.pageShift; page++) {
      int frame = table.find(page);
      long base = page << frames.pageShift;
      long rest = missing(page, frame, from, to);
      while (rest != 0) {
        int first = Long.numberOfTrailingZeros(rest);
        int run = Long.numberOfTrailingZeros(~(rest >>> first));
        long runStart = base + ((long) first << frames.sectorShift);
        int bytes = Math.min(run, 64 - first) << frames.sectorShift;
        rest = first + run >= 64 ? 0 : rest & (-1L << (first + run));
        if (buffer.length() > 0 && runStart - at > maxGap) {
          if (at > need) {
            rest = 0;
            page = to;
            break;
          }
          buffer.clear();
        }
        if (buffer.length() == 0) {
          start = runStart;
        } else {
          skip(runStart - at);
        }
        buffer.add((int) (frames.base(frame) + (runStart - base)), bytes);
        at = runStart + bytes;
      }
    }
    if (buffer.length() > 0) {
      transfers.read(start, buffer);
      readAhead.done(start, at);
      markValid(start, at);
    }
  }

  private void skip(long gap) {
    for (long rest = gap; rest > 0; rest -= sinkSize) {
      buffer.add(sink, (int) Math.min(rest, sinkSize));
    }
  }

  private void markValid(long from, long to) {
    for (long page = from >>> frames.pageShift; page <= (to - 1) >>> frames.pageShift; page++) {
      int frame = table.find(page);
      frames.valid[frame] |= missing(page, frame, from, to);
      update(frame);
    }
  }
}
