package dev.virtmem.persist;

/** An entry of a table: where a page lies, and its checksum. 0 stands for a page of zeros. */
final class Entry {
  static final long NONE = 0;

  private Entry() {}

  static long of(int place, int checksum) {
    return (long) checksum << Integer.SIZE | place;
  }

  /** Returns the place; 0, where a header lies, if the page has none. */
  static int place(long entry) {
    return (int) entry;
  }

  static int checksum(long entry) {
    return (int) (entry >>> Integer.SIZE);
  }
}
