package dev.virtmem.sim;

/**
 * The time that simulated traffic would have taken: 8 clocks for each byte, plus a gap for each
 * transfer, in which a real host is busy with the next one. Runs only when something is
 * transferred.
 *
 * <p>Safe for use by several threads.
 */
public final class VirtualClock {
  /** Gap unless told otherwise, in ns: the middle of 10 to 20 us measured on Raspberry Pis. */
  public static final int DEFAULT_GAP_NANOS = 15_000;

  private final int gapNanos;
  private double nanos;
  private long transfers;
  private long bytes;

  /**
   * Creates a clock at zero.
   *
   * @param gapNanos what a host needs for each transfer beside the bytes, in ns, at least 0
   * @throws IllegalArgumentException if the gap is negative
   */
  public VirtualClock(int gapNanos) {
    if (gapNanos < 0) {
      throw new IllegalArgumentException(
          "the gap between transfers must be >= 0 ns, got " + gapNanos);
    }
    this.gapNanos = gapNanos;
  }

  /** Counts one transfer. */
  synchronized void transfer(int length, int hz) {
    nanos += gapNanos + length * 8e9 / hz;
    transfers++;
    bytes += length;
  }

  /** Lets time pass with no traffic. */
  synchronized void pause(long pauseNanos) {
    nanos += pauseNanos;
  }

  /**
   * Returns the time since the start.
   *
   * @return ns
   */
  public synchronized double nanos() {
    return nanos;
  }

  /**
   * Returns the time since the start.
   *
   * @return seconds
   */
  public double seconds() {
    return nanos() / 1e9;
  }

  /**
   * Returns the number of transfers since the start.
   *
   * @return how often chip select fell
   */
  public synchronized long transfers() {
    return transfers;
  }

  /**
   * Returns the number of bytes on the wire since the start, instructions and addresses included.
   *
   * @return bytes clocked; each moves in both directions at once
   */
  public synchronized long bytes() {
    return bytes;
  }
}
