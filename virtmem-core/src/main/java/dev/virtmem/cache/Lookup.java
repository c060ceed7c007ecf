package dev.virtmem.cache;

/**
 * What an MMU has as its translation look-aside buffer: says in which frame a page was last seen, so
 * that the hit path need not search the page table. An entry may be wrong; whoever uses it compares
 * the page with the one that the frame really holds.
 */
final class Lookup {
  /** Frame by page number modulo the length, which is a power of two. */
  final char[] frames;

  final int mask;

  /**
   * Creates a look-up: an entry for each page of a small pool, else enough that pages in frames
   * seldom share one.
   */
  Lookup(int frameCount, long pages) {
    long wanted = Math.min(pages, Math.max(2048, 8L * frameCount));
    frames = new char[(int) Long.highestOneBit(wanted * 2 - 1)];
    mask = frames.length - 1;
  }

  void put(long page, int frame) {
    frames[(int) page & mask] = (char) frame;
  }
}
