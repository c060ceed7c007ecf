/**
 * What accesses cost in nanoseconds, beside plain arrays and memory segments, by JMH. Start at
 * {@link dev.virtmem.bench.speed.SpeedBenchmark}; a {@link dev.virtmem.bench.speed.Compare} on a
 * benchmark's method says what it is held against.
 */
package dev.virtmem.bench.speed;
