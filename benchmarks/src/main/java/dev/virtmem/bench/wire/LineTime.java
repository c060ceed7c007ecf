package dev.virtmem.bench.wire;

/**
 * How long a workload takes over a serial line with the checked protocol.
 *
 * @param seconds on the clock of the line, the final sync included
 * @param ratio what the cost model {@code serial} says over these
 */
public record LineTime(double seconds, double ratio) {}
