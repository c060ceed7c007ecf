/**
 * Programs to copy from: start at {@link dev.virtmem.examples.QuickStart}. Each runs on a simulated
 * chip, or on the one that {@code --store} names, such as {@code --store spi:0.0?chip=23LC1024}.
 */
package dev.virtmem.examples;
