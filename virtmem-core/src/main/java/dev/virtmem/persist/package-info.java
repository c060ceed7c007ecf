/**
 * Stores that are, after a power cut at any moment, as they were at the last commit. Most programs
 * use them through {@link dev.virtmem.PersistentPool}; {@link dev.virtmem.persist.PersistentStore}
 * does the work, over any store that keeps its bytes. The format is in {@code docs/pool-format.md}.
 */
package dev.virtmem.persist;
