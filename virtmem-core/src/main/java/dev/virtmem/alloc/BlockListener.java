package dev.virtmem.alloc;

/** Told what happened to blocks, after it happened. Touches no pool and does not fail. */
interface BlockListener {

  /** The free block at {@code start}, which the last {@link FitStrategy#find} gave, is used. */
  void taken(long start);

  /** The block at {@code start} is free, or has grown. */
  void freed(long start, long size);

  /** A block starts where none did. */
  void split(long start);

  /**
   * The block at {@code gone} became part of the one before it. May be told twice.
   *
   * @param next start of the block that now follows, or the end of the pool
   */
  void joined(long gone, long next);
}
