package dev.virtmem.alloc;

import java.util.Arrays;

/** Counts the pages that a small FIFO cache would read. */
final class PagedPool extends ArrayPool {
  private final int pageShift;
  private final long[] frames;
  private int oldest;
  private long last = -1;
  private long reads;

  PagedPool(int size, int pageBytes, int frames) {
    super(0, size);
    this.pageShift = Integer.numberOfTrailingZeros(pageBytes);
    this.frames = new long[frames];
    Arrays.fill(this.frames, -1);
  }

  long reads() {
    return reads;
  }

  @Override
  void access(long address, boolean write) {
    long page = address >>> pageShift;
    if (page == last) {
      return;
    }
    last = page;
    for (long frame : frames) {
      if (frame == page) {
        return;
      }
    }
    reads++;
    frames[oldest] = page;
    oldest = (oldest + 1) % frames.length;
  }
}
