package dev.virtmem;

/**
 * No free block of a pool is large enough for a request. Nothing was changed; the request may be
 * repeated after something was freed.
 */
public class PoolExhaustedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** Stands for a size that is not known. */
  public static final long UNKNOWN = -1;

  private final long requested;
  private final long free;
  private final long largestFree;

  /**
   * Creates an exception.
   *
   * @param requested bytes asked for
   * @param free bytes in free blocks, the blocks' headers included
   * @param largestFree no free block can hold more than this many bytes, or {@link #UNKNOWN}
   */
  public PoolExhaustedException(long requested, long free, long largestFree) {
    super(
        "no free block holds "
            + requested
            + " bytes: "
            + free
            + " bytes are free"
            + (largestFree == UNKNOWN ? "" : ", in blocks of at most " + largestFree + " bytes"));
    this.requested = requested;
    this.free = free;
    this.largestFree = largestFree;
  }

  /**
   * Returns how much was asked for.
   *
   * @return bytes
   */
  public long requested() {
    return requested;
  }

  /**
   * Returns how much is free in all, the headers of the free blocks included.
   *
   * @return bytes
   */
  public long free() {
    return free;
  }

  /**
   * Returns a bound on what the largest free block can hold.
   *
   * @return bytes, never less than the truth, or {@link #UNKNOWN}
   */
  public long largestFree() {
    return largestFree;
  }
}
