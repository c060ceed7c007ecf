package dev.virtmem.store;

/**
 * Transfers and bytes that went to and from a store.
 *
 * @param reads read transfers
 * @param writes write transfers
 * @param bytesRead bytes read
 * @param bytesWritten bytes written
 */
public record Traffic(long reads, long writes, long bytesRead, long bytesWritten) {

  /**
   * Returns the traffic since an earlier snapshot.
   *
   * @param earlier the snapshot
   * @return the differences
   */
  public Traffic minus(Traffic earlier) {
    return new Traffic(
        reads - earlier.reads,
        writes - earlier.writes,
        bytesRead - earlier.bytesRead,
        bytesWritten - earlier.bytesWritten);
  }
}
