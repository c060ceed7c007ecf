package dev.virtmem.alloc;

import java.util.function.Function;

/** How a free block is chosen for a request. */
public enum Fit {
  /**
   * A map in RAM (2 bytes a region) shows the lowest region with a large enough free block; only
   * that region is read. Work is bounded whatever the number of blocks. The default.
   */
  FREE_SPACE_MAP(FreeSpaceMap::new),

  /**
   * The lowest free block that is large enough, found by reading headers from the start of the
   * pool. Takes no RAM, and time that grows with the number of blocks: for small pools, and to
   * compare with.
   */
  FIRST_FIT(FirstFit::new);

  private final Function<BlockManager, FitStrategy> factory;

  Fit(Function<BlockManager, FitStrategy> factory) {
    this.factory = factory;
  }

  FitStrategy create(BlockManager blocks) {
    return factory.apply(blocks);
  }
}
