package dev.virtmem.alloc;

/** Walks from the start of the pool to the first free block that is large enough. */
final class FirstFit implements FitStrategy {
  private static final int OBJECT_BYTES = 24;

  private final BlockManager blocks;

  FirstFit(BlockManager blocks) {
    this.blocks = blocks;
  }

  @Override
  public long find(long size) {
    long end = blocks.layout().end();
    long header;
    for (long start = blocks.layout().start(); start < end; start += BlockHeaders.size(header)) {
      header = blocks.header(start);
      if (!BlockHeaders.isUsed(header) && BlockHeaders.size(header) >= size) {
        return start;
      }
    }
    return NONE;
  }

  @Override
  public long startNear(long address) {
    return blocks.layout().start();
  }

  @Override
  public long largestFree() {
    return NONE;
  }

  @Override
  public long ramBytes() {
    return OBJECT_BYTES;
  }

  @Override
  public void check() {
    // keeps nothing that could be wrong
  }

  @Override
  public void taken(long start) {
    // keeps nothing
  }

  @Override
  public void freed(long start, long size) {
    // keeps nothing
  }

  @Override
  public void split(long start) {
    // keeps nothing
  }

  @Override
  public void joined(long gone, long next) {
    // keeps nothing
  }
}
