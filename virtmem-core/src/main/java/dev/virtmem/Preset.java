package dev.virtmem;

import java.util.Arrays;

/**
 * Page cache sizes as the C++ library for Arduino boards chooses them, for simulating a sketch or
 * comparing with it. Lock buffers come in two sizes.
 */
public enum Preset {
  /** A board with 2 KB of RAM: 2 x 16, 1 x 32 and 1 x 128 bytes. */
  UNO(2, 16, 1, 32, 1, 128),

  /** A board with 16 KB of RAM: 4 x 32, 4 x 128 and 4 x 512 bytes. */
  BOARD_16K(4, 32, 4, 128, 4, 512),

  /** A board with 64 KB of RAM: 4 x 64, 4 x 256 and 4 x 1,024 bytes. */
  BOARD_64K(4, 64, 4, 256, 4, 1024),

  /**
   * A PC: 4 x 64, 4 x 256 and 4 x 32,768 bytes. In a memory the lock buffers take 512 bytes each,
   * since a page of that size has no smaller sectors.
   */
  PC(4, 64, 4, 256, 4, 32768);

  private final int small;
  private final int smallSize;
  private final int medium;
  private final int mediumSize;
  private final int frames;
  private final int pageSize;

  Preset(int small, int smallSize, int medium, int mediumSize, int frames, int pageSize) {
    this.small = small;
    this.smallSize = smallSize;
    this.medium = medium;
    this.mediumSize = mediumSize;
    this.frames = frames;
    this.pageSize = pageSize;
  }

  /**
   * Returns the number of frames.
   *
   * @return at least 1
   */
  public int frames() {
    return frames;
  }

  /**
   * Returns the size of a page.
   *
   * @return bytes, a power of two
   */
  public int pageSize() {
    return pageSize;
  }

  /**
   * Returns the sizes of the lock buffers.
   *
   * @return a new array, in bytes, smallest first, as the original has them
   */
  public int[] lockBuffers() {
    return lockBuffers(1);
  }

  /** Returns the sizes of the lock buffers for a page size: each holds a sector at least. */
  int[] lockBuffers(int page) {
    int sector = page / 64;
    int[] sizes = new int[small + medium];
    Arrays.fill(sizes, 0, small, Math.max(smallSize, sector));
    Arrays.fill(sizes, small, sizes.length, Math.max(mediumSize, sector));
    return sizes;
  }
}
