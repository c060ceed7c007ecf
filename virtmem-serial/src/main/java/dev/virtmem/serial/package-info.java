/**
 * Backing stores in the RAM of another computer at the other end of a serial line, and the host
 * that lends it. {@code docs/serial-protocol.md} says what goes over the line.
 */
package dev.virtmem.serial;
