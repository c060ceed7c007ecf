package dev.virtmem.alloc;

/**
 * Keeps in RAM, for each region of the pool, where its first block starts and the class of the
 * largest free block that starts in it, under a tree of maxima. A request is served from the lowest
 * region whose class says that it can, and only that region's headers are read.
 *
 * <p>A leaf of the tree is the class in 7 bits and the place of the first block in 9 bits, in units
 * of {@link PoolLayout#unit}. Class 0: no block starts here. Class 1: blocks, none of them free.
 * The first block is always right; the class is never too low, and may be too high until the region
 * is read next: when a block of the region before has swallowed its largest one.
 *
 * <p>Only blocks before {@code known} are in the map. In a pool that was opened again that is none
 * at first; the map then learns region by region, when nothing that it knows fits.
 */
final class FreeSpaceMap implements FitStrategy {
  private static final int ALL_USED = 1;
  private static final int CLASS_SHIFT = 9;
  private static final int PLACE = (1 << CLASS_SHIFT) - 1;
  private static final int OBJECT_BYTES = 104;

  private final BlockManager blocks;
  private final PoolLayout layout;
  private final MaxTree map;
  private long known;
  private long found = NONE;
  private int classBesidesFound;

  FreeSpaceMap(BlockManager blocks) {
    this.blocks = blocks;
    this.layout = blocks.layout();
    this.map = new MaxTree(layout.regions());
    this.known = layout.start();
  }

  @Override
  public long find(long size) {
    int fits = SizeClasses.allAtLeast(size);
    while (true) {
      int region = map.first(0, fits);
      if (region >= 0) {
        long start = search(region, size);
        if (start != NONE) {
          return start;
        }
      } else if (known < layout.end()) {
        learn();
      } else {
        return findAmongDoubtful(size);
      }
    }
  }

  /** Tries all regions of the class that the size itself is in: the last resort. */
  private long findAmongDoubtful(long size) {
    int mayFit = SizeClasses.of(size);
    long start = NONE;
    for (int region = map.first(0, mayFit);
        region >= 0 && start == NONE;
        region = map.first(region + 1, mayFit)) {
      start = search(region, size);
    }
    return start;
  }

  /** Finds the smallest block of a region that fits, and learns the region's class. */
  private long search(int region, long size) {
    long end = Math.min(layout.regionStart(region) + layout.regionBytes(), known);
    long best = NONE;
    long bestSize = Long.MAX_VALUE;
    long largestBesides = 0;
    long header;
    for (long start = firstBlock(region); start < end; start += BlockHeaders.size(header)) {
      header = blocks.header(start);
      long free = BlockHeaders.isUsed(header) ? 0 : BlockHeaders.size(header);
      if (free >= size && free < bestSize) {
        largestBesides = Math.max(largestBesides, best == NONE ? 0 : bestSize);
        best = start;
        bestSize = free;
      } else {
        largestBesides = Math.max(largestBesides, free);
      }
    }
    classBesidesFound = classOf(largestBesides);
    found = best;
    setClass(
        region, best == NONE ? classBesidesFound : classOf(Math.max(bestSize, largestBesides)));
    return best;
  }

  private void learn() {
    int region = layout.region(known);
    long end = Math.min(layout.regionStart(region) + layout.regionBytes(), layout.end());
    while (known < end) {
      long header = blocks.header(known);
      long start = known;
      known += BlockHeaders.size(header);
      split(start);
      if (!BlockHeaders.isUsed(header)) {
        freed(start, BlockHeaders.size(header));
      }
    }
  }

  @Override
  public void taken(long start) {
    if (start == found) {
      setClass(layout.region(start), classBesidesFound);
      found = NONE;
    }
  }

  @Override
  public void freed(long start, long size) {
    int region = layout.region(start);
    if (start < known && SizeClasses.of(size) > map.value(region)) {
      setClass(region, SizeClasses.of(size));
    }
  }

  @Override
  public void split(long start) {
    int region = layout.region(start);
    if (start < known && (map.value(region) == 0 || start < firstBlock(region))) {
      setFirst(region, start);
    }
  }

  @Override
  public void joined(long gone, long next) {
    int region = layout.region(gone);
    if (gone == known) {
      known = next;
    } else if (gone < known && firstBlock(region) == gone) {
      if (next < known && layout.region(next) == region) {
        setFirst(region, next);
      } else {
        map.set(region, 0);
      }
    }
  }

  @Override
  public long startNear(long address) {
    for (int region = layout.region(Math.min(address, known)); region >= 0; region--) {
      if (map.value(region) != 0 && firstBlock(region) <= address) {
        return firstBlock(region);
      }
    }
    return layout.start();
  }

  @Override
  public long largestFree() {
    int largest = map.max();
    if (known < layout.end() || largest == SizeClasses.LARGEST) {
      return NONE;
    }
    return largest <= ALL_USED ? 0 : SizeClasses.least(largest + 1) - 8;
  }

  @Override
  public long ramBytes() {
    return OBJECT_BYTES + map.ramBytes();
  }

  @Override
  public void check() {
    map.check();
    long start = layout.start();
    for (int region = 0; region < layout.regions(); region++) {
      long end = Math.min(layout.regionStart(region) + layout.regionBytes(), known);
      int first = 0;
      int largest = 0;
      if (start < end) {
        first = place(start);
        largest = ALL_USED;
      }
      while (start < end) {
        long header = blocks.header(start);
        if (!BlockHeaders.isUsed(header)) {
          largest = Math.max(largest, classOf(BlockHeaders.size(header)));
        }
        start += BlockHeaders.size(header);
      }
      int leaf = map.leaf(region);
      boolean empty = largest == 0;
      if (empty ? leaf != 0 : (leaf & PLACE) != first || map.value(region) < largest) {
        throw new IllegalStateException(
            "map of region "
                + region
                + " is "
                + leaf
                + ", not "
                + (largest << CLASS_SHIFT | first));
      }
    }
    if (start != known) {
      throw new IllegalStateException("no block starts at " + known + ", where the map ends");
    }
  }

  private static int classOf(long free) {
    return free == 0 ? ALL_USED : SizeClasses.of(free);
  }

  private long firstBlock(int region) {
    return layout.regionStart(region) + (long) (map.leaf(region) & PLACE) * layout.unit();
  }

  private int place(long start) {
    return (int) (start - layout.regionStart(layout.region(start))) / layout.unit();
  }

  private void setFirst(int region, long start) {
    map.set(region, Math.max(ALL_USED, map.value(region)) << CLASS_SHIFT | place(start));
  }

  private void setClass(int region, int sizeClass) {
    map.set(region, sizeClass << CLASS_SHIFT | map.leaf(region) & PLACE);
  }
}
