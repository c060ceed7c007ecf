package dev.virtmem.cache;

/** Neighbouring pages and their frames: what one transfer may span. */
final class PageRun {
  private final int[] frames;
  private int first;

  /** The lowest page of the run. */
  long low;

  /** The highest page of the run. */
  long high;

  PageRun(int frameCount) {
    frames = new int[2 * frameCount + 1];
  }

  /** Begins with one page. */
  void start(long page, int frame) {
    low = page;
    high = page;
    first = frames.length / 2;
    frames[first] = frame;
  }

  /** Adds the page above the highest one. */
  void addAbove(int frame) {
    high++;
    frames[first + (int) (high - low)] = frame;
  }

  /** Adds the page below the lowest one. */
  void addBelow(int frame) {
    low--;
    frames[--first] = frame;
  }

  /** Returns the frame of a page of the run. */
  int frame(long page) {
    return frames[first + (int) (page - low)];
  }

  int lowest() {
    return frames[first];
  }

  int highest() {
    return frames[first + (int) (high - low)];
  }

  static long ramBytes(int frameCount) {
    return 8L * frameCount;
  }
}
