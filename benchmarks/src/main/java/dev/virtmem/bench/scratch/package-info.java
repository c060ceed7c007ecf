/**
 * A scratch pool in a file, beside a plain loop over the same file. Start at {@link
 * dev.virtmem.bench.scratch.ScratchBenchmark}.
 */
package dev.virtmem.bench.scratch;
