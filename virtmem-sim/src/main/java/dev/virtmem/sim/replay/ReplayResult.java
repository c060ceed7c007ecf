package dev.virtmem.sim.replay;

import dev.virtmem.store.Traffic;

/**
 * What a trace cost.
 *
 * @param accesses accesses in the trace
 * @param misses accesses that had to read from the store or to bring in a frame for a page; one
 *     that spans two pages may count twice
 * @param writeBacks pages whose dirty bytes were written to the store, those at the end included
 * @param traffic bytes and transfers each way, at the store
 * @param seconds what the transfers take by the store's cost model
 * @param frames frames of the memory
 * @param pageSize bytes of a page
 */
public record ReplayResult(
    long accesses,
    long misses,
    long writeBacks,
    Traffic traffic,
    double seconds,
    int frames,
    int pageSize) {}
