package dev.virtmem.alloc;

/** Finds a free block for a request. May keep what it knows of the pool in RAM. */
interface FitStrategy extends BlockListener {
  /** Stands for no block. */
  long NONE = -1;

  /**
   * Finds a free block.
   *
   * @param size bytes with the header, a multiple of 8
   * @return its start, or {@link #NONE} if there is none
   */
  long find(long size);

  /**
   * Returns the start of a block at or before an address, not far away where that is known.
   *
   * @param address inside the pool
   */
  long startNear(long address);

  /** Returns a bound on the size of the largest free block, as RAM shows it, or {@link #NONE}. */
  long largestFree();

  /** Returns how much RAM this takes, in bytes. */
  long ramBytes();

  /**
   * Compares what it keeps in RAM with the pool.
   *
   * @throws IllegalStateException if it is wrong
   */
  void check();
}
