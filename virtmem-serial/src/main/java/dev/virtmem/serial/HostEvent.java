package dev.virtmem.serial;

/**
 * Something that a host's operator may want to know.
 *
 * @param kind what sort of thing
 * @param message one line of text, without the name of the port
 */
public record HostEvent(Kind kind, String message) {

  /** Sorts of events. */
  public enum Kind {
    /** The port was opened. */
    CONNECTED,
    /** The port is gone, or cannot be opened. */
    DISCONNECTED,
    /** A device has got a pool. */
    POOL,
    /** A device was denied a pool by the limits, or by the store that was to be lent. */
    REFUSED,
    /** A device started over in the middle of a command. */
    RESTARTED,
    /** A device goes on with the pool that it had before the line was lost. */
    RESUMED,
    /** A device wanted to go on with a pool that is gone. */
    LOST,
    /** Something came that no device should send. */
    IGNORED,
    /** The store that was lent has failed. */
    FAILED,
    /** Text that a device printed did not get to its {@link PassPort}. */
    DROPPED
  }
}
