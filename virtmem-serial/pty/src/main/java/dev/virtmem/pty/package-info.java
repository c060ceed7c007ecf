/** Pseudo-terminals, for tests and benchmarks of serial ports. */
package dev.virtmem.pty;
