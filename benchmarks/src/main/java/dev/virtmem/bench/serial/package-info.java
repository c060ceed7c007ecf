/**
 * The host that lends RAM over serial lines, on pseudo-terminals. Start at {@link
 * dev.virtmem.bench.serial.SerialBenchmark}.
 */
package dev.virtmem.bench.serial;
