/**
 * The benchmarks without the command line: {@link dev.virtmem.bench.Main} runs them, {@link
 * dev.virtmem.bench.wire} counts bytes and transfers, {@link dev.virtmem.bench.speed} measures
 * nanoseconds.
 */
package dev.virtmem.bench;
