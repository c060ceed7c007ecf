package dev.virtmem.alloc;

/**
 * A block of a pool as it was when a walk met it.
 *
 * @param start where its header lies
 * @param size bytes with its header; the next block starts at {@code start + size}
 * @param address what {@link Allocator#allocate} returned for it, or 0 if it is free
 */
public record Block(long start, long size, long address) {

  /**
   * Tells whether the block is in use.
   *
   * @return false if it is free
   */
  public boolean used() {
    return address != 0;
  }
}
