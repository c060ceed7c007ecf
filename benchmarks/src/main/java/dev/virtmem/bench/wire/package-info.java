/**
 * What the library moves over the wire, beside the C++ original. Start at {@link
 * dev.virtmem.bench.wire.WireBenchmark}.
 */
package dev.virtmem.bench.wire;
