package dev.virtmem.cache;

import dev.virtmem.Statistics;

/** What a page cache counts. Plain fields: one thread at a time uses a cache. */
final class Counters {
  long hits;
  long faults;
  long pageIns;
  long evictions;
  long writeBacks;
  long readTransfers;
  long writeTransfers;
  long bytesRead;
  long bytesWritten;
  long storeNanos;

  void reset() {
    hits = 0;
    faults = 0;
    pageIns = 0;
    evictions = 0;
    writeBacks = 0;
    readTransfers = 0;
    writeTransfers = 0;
    bytesRead = 0;
    bytesWritten = 0;
    storeNanos = 0;
  }

  Statistics snapshot(long directHits) {
    return new Statistics(
        hits + directHits,
        faults,
        pageIns,
        evictions,
        writeBacks,
        readTransfers,
        writeTransfers,
        bytesRead,
        bytesWritten,
        storeNanos);
  }
}
