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
    int pages = Math.min(wanted, frames.count);
    for (int i = 0; i < pages; i++) {
      int frame = table.find(first + i);
      if (frame != Frames.NONE && frames.pinned(frame)) {
        if (frame >= i) {
          return place(first, fitting(first, pages, frame - i), frame - i);
        }
        pages = i;
      }
    }
    pages = Math.min(pages, Math.min(longestFree(), spare()));
    return pages == 0 ? 0 : place(first, pages, bestStart(first, pages));
  }

  /** Returns how many frames may still be pinned. */
  private int spare() {
    return Math.max(0, frames.count - 1 - frames.pinnedCount());
  }

  /** Returns how many pages fit into the frames from a given one on. */
  private int fitting(long first, int pages, int start) {
    int spare = spare();
    int most = Math.min(pages, frames.count - start);
    for (int i = 0; i < most; i++) {
      int there = start + i;
      if (frames.page[there] == first + i && frames.pinned(there)) {
        continue;
      }
      int now = table.find(first + i);
      boolean stuck = now != Frames.NONE && frames.pinned(now);
      if (frames.pinned(there) || stuck || spare-- == 0) {
        return i;
      }
    }
    return most;
  }

  private int longestFree() {
    int longest = 0;
    int length = 0;
    for (int frame = 0; frame < frames.count; frame++) {
      length = frames.pinned(frame) ? 0 : length + 1;
      longest = Math.max(longest, length);
    }
    return longest;
  }

  /**
   * Returns the first frame of a run without pins: where the first wanted page that is in a frame
   * need not move, if that is cheap, else where eviction costs least.
   */
  private int bestStart(long first, int pages) {
    int best = Frames.NONE;
    long bestCost = Long.MAX_VALUE;
    long cost = 0;
    int pinned = 0;
    for (int end = 0; end < frames.count; end++) {
      cost += cost(end);
      pinned += frames.pinned(end) ? 1 : 0;
      int start = end - pages + 1;
      if (start > 0) {
        cost -= cost(start - 1);
        pinned -= frames.pinned(start - 1) ? 1 : 0;
      }
      if (start >= 0 && pinned == 0 && cost < bestCost) {
        best = start;
        bestCost = cost;
      }
    }
    int inPlace = startInPlace(first, pages);
    return inPlace != Frames.NONE && costInPlace(first, pages, inPlace) <= bestCost
        ? inPlace
        : best;
  }

  private int cost(int frame) {
    return frames.page[frame] == Frames.NONE ? 1 : frames.dirty(frame) ? 3 : 2;
  }

  private int startInPlace(long first, int pages) {
    for (int i = 0; i < pages; i++) {
      int frame = table.find(first + i);
      if (frame != Frames.NONE) {
        return frame >= i && frame - i + pages <= frames.count ? frame - i : Frames.NONE;
      }
    }
    return Frames.NONE;
  }

  private long costInPlace(long first, int pages, int start) {
    long cost = 0;
    for (int i = 0; i < pages; i++) {
      if (frames.pinned(start + i)) {
        return Long.MAX_VALUE;
      }
      cost += frames.page[start + i] == first + i ? 0 : cost(start + i);
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
