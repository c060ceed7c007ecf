package dev.virtmem.bench.wire;

/**
 * What a workload moved with one cost model, beside the original.
 *
 * @param frames frames of the memory
 * @param pageSize bytes of a page
 * @param bytesRead bytes from the store
 * @param bytesWritten bytes to the store, the final flush included
 * @param readTransfers transfers from the store
 * @param writeTransfers transfers to the store
 * @param seconds what they take by the cost model
 * @param ratio the original's seconds over these
 */
public record Measurement(
    int frames,
    int pageSize,
    long bytesRead,
    long bytesWritten,
    long readTransfers,
    long writeTransfers,
    double seconds,
    double ratio) {}
