/**
 * Memory that lives in a backing store and is used like memory. Start at {@link
 * dev.virtmem.VirtualMemory}; {@link dev.virtmem.IntPointer} and its siblings point into it, {@link
 * dev.virtmem.PageLock} keeps a range in RAM.
 */
package dev.virtmem;
