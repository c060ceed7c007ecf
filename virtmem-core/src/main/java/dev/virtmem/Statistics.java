package dev.virtmem;

/**
 * What a memory did since it was opened or its statistics were reset: a snapshot.
 *
 * @param hits accesses that found their bytes in RAM; an access of several pages counts once a page
 * @param faults accesses that had to read from the store or to bring in a frame for a page
 * @param pageIns pages that got a frame
 * @param evictions pages that lost their frame to another
 * @param writeBacks pages whose dirty bytes were written to the store
 * @param readTransfers transfers from the store
 * @param writeTransfers transfers to the store
 * @param bytesRead bytes from the store
 * @param bytesWritten bytes to the store
 * @param storeNanos time in the store's methods in ns; 0 unless the memory was built with timing
 */
public record Statistics(
    long hits,
    long faults,
    long pageIns,
    long evictions,
    long writeBacks,
    long readTransfers,
    long writeTransfers,
    long bytesRead,
    long bytesWritten,
    long storeNanos) {

  /**
   * Returns the share of accesses that were hits.
   *
   * @return 0 to 1; 1 if there were no accesses
   */
  public double hitRate() {
    return hits + faults == 0 ? 1 : (double) hits / (hits + faults);
  }
}
