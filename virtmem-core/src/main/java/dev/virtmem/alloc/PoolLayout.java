package dev.virtmem.alloc;

/**
 * Where a pool lies and how it is divided. Two allocators that are to understand the same pool need
 * equal layouts.
 *
 * <p>A region is a stretch of {@link #regionBytes} bytes, aligned to its size: best one page of the
 * memory. The first block that starts in a region starts at a multiple of {@link #unit}, so that
 * its place takes 9 bits whatever the size of the region.
 *
 * @param start first byte of the first block, from 0; a multiple of {@link #unit}
 * @param end first byte behind the last block; a multiple of 8, at least 8 and at most 2^46 bytes
 *     behind {@code start}
 * @param regionBytes bytes of a region: a power of two, at least {@value #MIN_REGION}; there are at
 *     most 2^30 regions
 * @param key any number. It enters the check bits of every header: with a key of its own, a pool
 *     does not take headers for valid that an earlier pool left behind in the same bytes
 */
public record PoolLayout(long start, long end, int regionBytes, int key) {
  /** The smallest region, in bytes. */
  public static final int MIN_REGION = 256;

  private static final int UNITS_BITS = 9;
  private static final long MAX_SIZE = 1L << 46;
  private static final long MAX_REGIONS = 1L << 30;

  /**
   * Creates a layout.
   *
   * @throws IllegalArgumentException if a number is out of its range
   */
  public PoolLayout {
    if (regionBytes < MIN_REGION || Integer.bitCount(regionBytes) != 1) {
      throw new IllegalArgumentException(
          "regions of " + regionBytes + " bytes: a power of two from " + MIN_REGION + " needed");
    }
    if (start < 0 || start % unit(regionBytes) != 0) {
      throw new IllegalArgumentException(
          "start " + start + " is not a multiple of " + unit(regionBytes));
    }
    if (end % 8 != 0 || end - start < 8 || end - start > MAX_SIZE || end < 0) {
      throw new IllegalArgumentException(
          "pool from " + start + " to " + end + ": a multiple of 8 up to 2^46 bytes needed");
    }
    if (regions(start, end, regionBytes) > MAX_REGIONS) {
      throw new IllegalArgumentException(
          "more than 2^30 regions of " + regionBytes + " bytes from " + start + " to " + end);
    }
  }

  /**
   * Returns the layout that fits best into a range: its ends rounded inwards, its regions of the
   * size of a page where that is allowed.
   *
   * @param from first usable address, from 0
   * @param to first address behind the last usable one
   * @param pageBytes size of a page of the memory, a power of two
   * @param key see {@link PoolLayout}
   * @return the layout
   * @throws IllegalArgumentException if the range is too small or too large, or the page size no
   *     power of two
   */
  public static PoolLayout of(long from, long to, int pageBytes, int key) {
    if (Integer.bitCount(pageBytes) != 1 || pageBytes < 0) {
      throw new IllegalArgumentException("page size " + pageBytes + " is not a power of two");
    }
    if (from < 0 || to < from || to - from > MAX_SIZE) {
      throw new IllegalArgumentException(
          "range from " + from + " to " + to + ": up to 2^46 bytes needed");
    }
    int region = Math.max(MIN_REGION, pageBytes);
    while (region < 1 << 30 && regions(from, to, region) > MAX_REGIONS) {
      region <<= 1;
    }
    return new PoolLayout(alignUp(from, unit(region)), to & -8, region, key);
  }

  /**
   * Returns the size of the pool.
   *
   * @return bytes
   */
  public long size() {
    return end - start;
  }

  /**
   * Returns the grain at which the first block of a region may start.
   *
   * @return bytes: 8 up to regions of 4 KiB, else a 512th of a region
   */
  public int unit() {
    return unit(regionBytes);
  }

  /**
   * Returns the number of regions, parts of one at the ends included.
   *
   * @return at least 1
   */
  public int regions() {
    return (int) regions(start, end, regionBytes);
  }

  int region(long address) {
    int shift = Integer.numberOfTrailingZeros(regionBytes);
    return (int) ((address >>> shift) - (start >>> shift));
  }

  long regionStart(int region) {
    return (start & -regionBytes) + (long) region * regionBytes;
  }

  boolean sameRegion(long a, long b) {
    return ((a ^ b) & -regionBytes) == 0;
  }

  /** Rounds up to a multiple of a power of two. */
  static long alignUp(long number, int grain) {
    return (number + grain - 1) & -grain;
  }

  private static int unit(int regionBytes) {
    return Math.max(8, regionBytes >>> UNITS_BITS);
  }

  private static long regions(long start, long end, int regionBytes) {
    int shift = Integer.numberOfTrailingZeros(regionBytes);
    return ((end - 1) >>> shift) - (start >>> shift) + 1;
  }
}
