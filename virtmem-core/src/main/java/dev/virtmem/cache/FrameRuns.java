package dev.virtmem.cache;

/**
 * Pins pages in neighbouring frames, so that a lock over several pages is one run of RAM. Pages
 * that lie elsewhere are moved.
 */
final class FrameRuns {
  private final Frames frames;
  private final PageTable table;
  private final Pager pager;

  FrameRuns(Frames frames, PageTable table, Pager pager) {
    this.frames = frames;
    this.table = table;
    this.pager = pager;
  }

  /**
   * Pins pages from {@code first} on. At least one frame stays free of pins, so that other accesses
   * go on.
   *
   * @param wanted number of pages, at least 1
   * @return how many could be pinned, 0 to {@code wanted}
   */
  int pin(long first, int wanted) {
    int pinned = 0;
    for (int i = 0; i < frames.count; i++) {
      pinned += frames.pinned(i) ? 1 : 0;
    }
    for (int pages = Math.min(wanted, frames.count); pages > 0; pages--) {
      int needed = 0;
      for (int i = 0; i < pages; i++) {
        int frame = table.find(first + i);
        needed += frame == Frames.NONE || !frames.pinned(frame) ? 1 : 0;
      }
      boolean fits = needed == 0 || pinned + needed < frames.count;
      int start = fits ? bestStart(first, pages) : Frames.NONE;
      if (start != Frames.NONE) {
        return place(first, pages, start);
      }
    }
    return 0;
  }

  /** Returns the first frame of the run where the fewest pages have to be moved, or NONE. */
  private int bestStart(long first, int pages) {
    int best = Frames.NONE;
    int bestCost = Integer.MAX_VALUE;
    for (int start = 0; start + pages <= frames.count && bestCost > 0; start++) {
      int cost = cost(first, pages, start);
      if (cost < bestCost) {
        best = start;
        bestCost = cost;
      }
    }
    return best;
  }

  private int cost(long first, int pages, int start) {
    int cost = 0;
    for (int i = 0; i < pages; i++) {
      int there = start + i;
      if (frames.page[there] == first + i) {
        continue;
      }
      int now = table.find(first + i);
      if (frames.pinned(there) || (now != Frames.NONE && frames.pinned(now))) {
        return Integer.MAX_VALUE;
      }
      cost += frames.page[there] == Frames.NONE ? 1 : frames.dirty(there) ? 3 : 2;
    }
    return cost;
  }

  private int place(long first, int pages, int start) {
    int done = 0;
    try {
      for (; done < pages; done++) {
        pager.place(first + done, start + done);
        frames.pin(start + done);
      }
      return pages;
    } catch (RuntimeException e) {
      while (done > 0) {
        frames.unpin(start + --done);
      }
      throw e;
    }
  }
}
