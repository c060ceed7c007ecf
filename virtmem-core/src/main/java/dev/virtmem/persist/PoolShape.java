package dev.virtmem.persist;

/**
 * How a pool divides its store. The store is cut into pages: two headers, and places between them.
 * Of the places, some are for pages of data, some for the tables that say where these are, and the
 * rest is spare: a page that is changed goes to a spare place until the commit.
 *
 * @param pageSize bytes of a page, a power of two from 512 to 65,536
 * @param pages pages of the store, headers included
 * @param dataPages pages that the pool offers
 */
public record PoolShape(int pageSize, int pages, int dataPages) {
  /** The part of the store that is spare unless told otherwise, in percent. */
  public static final int SPARE_PERCENT = 25;

  /** The smallest page, in bytes: the unit in which a cut may tear a write. */
  public static final int MIN_PAGE = 512;

  /** The largest page, in bytes. */
  public static final int MAX_PAGE = 65_536;

  private static final int HEADERS = 2;
  private static final int CARD_PAGE = 4096;

  /**
   * Checks the figures.
   *
   * @throws IllegalArgumentException if one is out of its range, or too little is spare
   */
  public PoolShape {
    checkPageSize(pageSize);
    if (dataPages < 1 || pages < HEADERS) {
      throw new IllegalArgumentException(
          "a pool has at least 1 page of data and 2 headers, got %d of %d pages"
              .formatted(dataPages, pages));
    }
    int tables = tables(pageSize, dataPages);
    int most = PoolHeader.mostTables(pageSize);
    if (tables > most) {
      throw new IllegalArgumentException(
          "pages of %d bytes suit pools of up to %d bytes, got %d"
              .formatted(
                  pageSize,
                  (long) most * perTable(pageSize) * pageSize,
                  (long) dataPages * pageSize));
    }
    long spare = (long) pages - HEADERS - tables - dataPages;
    if (spare < minSpare(tables)) {
      throw new IllegalArgumentException(
          "a pool of %d pages with %d for data and %d for tables has %d to spare, %d are needed"
              .formatted(pages, dataPages, tables, spare, minSpare(tables)));
    }
  }

  /**
   * Returns the shape for a store: pages of 4 KiB and a quarter spare; pages of 512 bytes for
   * stores below 512 KiB, larger ones for stores above 1 GiB.
   *
   * @param bytes capacity of the store
   * @return the shape
   * @throws IllegalArgumentException if the store is too small
   */
  public static PoolShape of(long bytes) {
    int page = bytes < 1 << 19 ? MIN_PAGE : CARD_PAGE;
    while (page < MAX_PAGE && dataPages(bytes, page, SPARE_PERCENT) > most(page)) {
      page *= 2;
    }
    return of(bytes, page, SPARE_PERCENT);
  }

  /**
   * Returns a shape with a page size and a spare part of one's own.
   *
   * @param bytes capacity of the store
   * @param pageSize bytes of a page, a power of two from 512 to 65,536
   * @param sparePercent how much of the store is spare, 1 to 90 percent
   * @return the shape
   * @throws IllegalArgumentException if a figure is out of its range or they do not go together
   */
  public static PoolShape of(long bytes, int pageSize, int sparePercent) {
    checkPageSize(pageSize);
    if (sparePercent < 1 || sparePercent > 90) {
      throw new IllegalArgumentException("spare must be 1 to 90 percent, got " + sparePercent);
    }
    long pages = bytes / pageSize;
    if (pages > Integer.MAX_VALUE) {
      throw new IllegalArgumentException(
          "a pool has at most 2^31 - 1 pages, got %d of %d bytes".formatted(pages, pageSize));
    }
    long data = dataPages(bytes, pageSize, sparePercent);
    if (data < 1) {
      throw new IllegalArgumentException(
          "a store of %d bytes is too small for a pool with pages of %d"
              .formatted(bytes, pageSize));
    }
    return new PoolShape(pageSize, (int) pages, (int) data);
  }

  /** Returns how many pages of data leave enough for tables and spare places; 0 if none do. */
  private static long dataPages(long bytes, int pageSize, int sparePercent) {
    long places = bytes / pageSize - HEADERS;
    long tables = Math.max(1, places / perTable(pageSize) + 1);
    long spare = Math.max(minSpare(tables), places * sparePercent / 100);
    return Math.max(0, places - tables - spare);
  }

  private static long most(int pageSize) {
    return (long) PoolHeader.mostTables(pageSize) * perTable(pageSize);
  }

  /** A commit of one page must always be possible, with the tables that wait in RAM. */
  private static long minSpare(long tables) {
    return 8 + Math.min(tables, PersistentStore.MOST_TABLES + WriteBuffer.MOST_PAGES);
  }

  private static int perTable(int pageSize) {
    return pageSize / Long.BYTES;
  }

  private static int tables(int pageSize, int dataPages) {
    return (dataPages - 1) / perTable(pageSize) + 1;
  }

  private static void checkPageSize(int pageSize) {
    if (pageSize < MIN_PAGE || pageSize > MAX_PAGE || Integer.bitCount(pageSize) != 1) {
      throw new IllegalArgumentException(
          "page size must be a power of two from %d to %d, got %d"
              .formatted(MIN_PAGE, MAX_PAGE, pageSize));
    }
  }

  /**
   * Returns how much the pool offers.
   *
   * @return bytes
   */
  public long capacity() {
    return (long) dataPages * pageSize;
  }

  /**
   * Returns how much of the store the pool takes.
   *
   * @return bytes
   */
  public long storeBytes() {
    return (long) pages * pageSize;
  }

  /**
   * Returns how many pages say where the others are.
   *
   * @return at least 1
   */
  public int tables() {
    return tables(pageSize, dataPages);
  }

  /**
   * Returns how many places are left when every page of data has one.
   *
   * @return places of one page each
   */
  public int spare() {
    return pages - HEADERS - tables() - dataPages;
  }

  int perTable() {
    return perTable(pageSize);
  }

  long offset(int place) {
    return (long) place * pageSize;
  }
}
