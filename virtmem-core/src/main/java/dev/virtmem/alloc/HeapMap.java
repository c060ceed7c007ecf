package dev.virtmem.alloc;

/** Draws a pool as a line of characters, to see where it is full. */
public final class HeapMap {
  private static final String FILL = " .:-=+*%#@";

  private HeapMap() {}

  /**
   * Draws a pool; reads all its blocks, changes nothing.
   *
   * @param allocator of the pool
   * @param cells length of the line, from 1
   * @return a character per equal part of the pool, from blank (all free) to {@code @} (all used)
   * @throws IllegalArgumentException if {@code cells} is less than 1
   */
  public static String draw(Allocator allocator, int cells) {
    if (cells < 1) {
      throw new IllegalArgumentException("a map of " + cells + " cells: at least 1 needed");
    }
    PoolLayout layout = allocator.layout();
    double cell = (double) layout.size() / cells;
    double[] used = new double[cells];
    for (Block block : allocator.walk()) {
      if (block.used()) {
        double from = (block.start() - layout.start()) / cell;
        double to = from + block.size() / cell;
        for (int i = (int) from; i < cells && i < to; i++) {
          used[i] += Math.min(to, i + 1) - Math.max(from, i);
        }
      }
    }
    StringBuilder map = new StringBuilder(cells);
    for (double part : used) {
      // Sums of parts of a cell do not come to 1 exactly.
      map.append(shade(Math.abs(part - 1) < 1e-9 ? 1 : part));
    }
    return map.toString();
  }

  /**
   * Draws one part of a pool.
   *
   * @param used how much of it is used, from 0 to 1
   * @return blank for 0, {@code @} for 1, and neither of these for anything between
   */
  public static char shade(double used) {
    int top = FILL.length() - 1;
    int level = (int) Math.round(used * top);
    boolean some = used > 0 && used < 1;
    return FILL.charAt(some ? Math.clamp(level, 1, top - 1) : level);
  }
}
