package dev.virtmem.cache;

import dev.virtmem.MemoryListener;

/**
 * The numbers of a page cache, checked by whoever makes them.
 *
 * @param pageSize bytes, a power of two, 16 to 65,536
 * @param frames how many, at least 1
 * @param lockBuffers sizes in bytes, smallest first; multiples of a sector, below the page size
 * @param sink bytes that take what a read passes over, at least 1
 * @param firstFetch bytes that a fault reads on its own, a power of two
 * @param growth by which a stream's reads grow
 * @param maxFetch most bytes of a read ahead
 * @param streams how many streams are followed
 * @param maxReadGap valid bytes that a read passes over rather than end
 * @param maxWriteGap clean bytes that a write includes rather than end
 * @param policy name of the replacement policy
 * @param shared whether any thread may use the cache
 * @param timed whether the time in the store is measured
 * @param trackLocks whether locks record where they were taken
 * @param listener is told what happens, or null
 */
public record CacheSettings(
    int pageSize,
    int frames,
    int[] lockBuffers,
    int sink,
    int firstFetch,
    int growth,
    int maxFetch,
    int streams,
    int maxReadGap,
    int maxWriteGap,
    String policy,
    boolean shared,
    boolean timed,
    boolean trackLocks,
    MemoryListener listener) {}
