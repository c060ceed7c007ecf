package dev.virtmem.cache;

import dev.virtmem.policy.ReplacementPolicy;

/** Verifies the invariants that {@link PageCache} states. */
final class CacheCheck {
  private final Frames frames;
  private final PageTable table;
  private final LockBuffers buffers;
  private final FrameHolders holders;
  private final Pager pager;
  private final ReplacementPolicy policy;

  private CacheCheck(CacheParts parts) {
    frames = parts.frames;
    table = parts.table;
    buffers = parts.lockBuffers;
    holders = parts.holders;
    pager = parts.pager;
    policy = parts.policy;
  }

  static void run(CacheParts parts) {
    new CacheCheck(parts).run();
  }

  private void run() {
    int used = 0;
    int dirty = 0;
    for (int frame = 0; frame < frames.count; frame++) {
      checkFrame(frame);
      dirty += frames.dirty(frame) ? 1 : 0;
      used += frames.page[frame] == Frames.NONE ? 0 : 1;
    }
    table.check();
    Checks.that(
        used + pager.freeCount() == frames.count, "%d used, %d free", used, pager.freeCount());
    Checks.that(dirty == frames.dirtyCount(), "%d dirty, not %d", dirty, frames.dirtyCount());
    buffers.check();
    checkPins();
  }

  private void checkFrame(int frame) {
    long page = frames.page[frame];
    if (page == Frames.NONE) {
      Checks.that(!frames.pinned(frame), "empty frame %d is pinned", frame);
      Checks.that(
          frames.valid[frame] == 0 && frames.dirty[frame] == 0, "empty frame %d has bytes", frame);
      return;
    }
    long valid = frames.valid[frame];
    Checks.that(table.find(page) == frame, "page %d is not found in frame %d", page, frame);
    Checks.that((frames.dirty[frame] & ~valid) == 0, "frame %d: dirty but not valid", frame);
    Checks.that((valid & ~frames.full) == 0, "frame %d: valid beyond the page", frame);
    Checks.that((valid & buffers.sectors(page)) == 0, "page %d: two places", page);
    Checks.that(
        table.index(page) < 0 || valid == frames.full && !policy.tracksHits() && page != 0,
        "frame %d: direct",
        frame);
    Checks.that(
        (table.index(page) & PageTable.CLEAN) != 0 || frames.dirty[frame] == frames.full,
        "frame %d: written without being marked",
        frame);
  }

  private void checkPins() {
    int[] pins = new int[frames.count];
    int[] locks = new int[buffers.count()];
    for (Hold hold : holders.all()) {
      if (hold.buffer != Frames.NONE) {
        locks[hold.buffer]++;
        Checks.that(
            buffers.find(hold.address) == hold.buffer
                && hold.address + hold.size <= buffers.end(hold.buffer),
            "lock at %d left its buffer",
            hold.address);
        continue;
      }
      long first = hold.address >>> frames.pageShift;
      long last = (hold.address + hold.size - 1) >>> frames.pageShift;
      for (long page = first; page <= last; page++) {
        int frame = table.find(page);
        Checks.that(frame != Frames.NONE, "locked page %d has no frame", page);
        Checks.that(
            page == first || frame == table.find(page - 1) + 1, "page %d breaks its run", page);
        pins[frame]++;
      }
    }
    for (int frame = 0; frame < frames.count; frame++) {
      Checks.that(pins[frame] == frames.pins(frame), "frame %d: pin count", frame);
    }
    for (int i = 0; i < locks.length; i++) {
      Checks.that(locks[i] == buffers.locks(i), "lock buffer %d: lock count", i);
    }
  }
}
