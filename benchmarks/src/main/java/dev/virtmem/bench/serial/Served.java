package dev.virtmem.bench.serial;

import java.util.List;

/**
 * How ports were served, many at once.
 *
 * @param ports what each of them did
 * @param apart whether the devices had half of the processors for themselves, as they are meant to
 *     be other computers
 * @param poolBytes the pools that were lent in the end
 * @param limitBytes the most that could be lent
 * @param otherBytes heap in use beside the pools and the devices' models, both ends together
 * @param leftBytes pools that were not given back when all was closed
 * @param idle processor time while no device did anything, as a share of one core
 * @param idleSeconds for how long that was measured
 */
record Served(
    List<Port> ports,
    boolean apart,
    long poolBytes,
    long limitBytes,
    long otherBytes,
    long leftBytes,
    double idle,
    double idleSeconds) {
  /** How much of the fastest port's rate the slowest must reach that speaks the same protocol. */
  static final double FAIR = 0.5;

  /** What both ends of a port may take together, beside pool and model. */
  static final long OTHER_BYTES = 256 << 10;

  static final double IDLE = 0.01;

  /**
   * A port.
   *
   * @param protocol that its device spoke
   * @param operations reads and writes
   * @param bytes of data that were read or written
   * @param seconds how long it was served; 0 if nothing was done
   * @param errors reads that gave other bytes than were written, what the host heard that no device
   *     sends, and the failure
   * @param failure why the device gave up, or null
   */
  record Port(
      String protocol, long operations, long bytes, double seconds, long errors, String failure) {
    /** Returns bytes of data in a second. */
    double rate() {
      return seconds == 0 ? 0 : bytes / seconds;
    }
  }

  List<String> protocols() {
    return ports.stream().map(Port::protocol).distinct().toList();
  }

  /** Returns the rates of the ports that spoke a protocol, in bytes a second, the slowest first. */
  double[] rates(String protocol) {
    return ports.stream()
        .filter(port -> port.protocol().equals(protocol))
        .mapToDouble(Port::rate)
        .sorted()
        .toArray();
  }

  /** Returns the slowest rate over the fastest. */
  double fairness(String protocol) {
    double[] rates = rates(protocol);
    return ratio(rates[0], rates[rates.length - 1]);
  }

  /** Returns the slowest rate over the fastest, whatever the protocol. */
  double fairnessOfAll() {
    var rates = ports.stream().mapToDouble(Port::rate).summaryStatistics();
    return ratio(rates.getMin(), rates.getMax());
  }

  private static double ratio(double slowest, double fastest) {
    return fastest == 0 ? 0 : slowest / fastest;
  }

  double totalRate() {
    return ports.stream().mapToDouble(Port::rate).sum();
  }

  long errors() {
    return ports.stream().mapToLong(Port::errors).sum();
  }

  boolean isFair() {
    return protocols().stream().allMatch(protocol -> fairness(protocol) >= FAIR);
  }

  boolean isWithinLimits() {
    return poolBytes <= limitBytes && leftBytes == 0 && otherBytes <= OTHER_BYTES * ports.size();
  }

  boolean isIdle() {
    return idle < IDLE;
  }

  boolean ok() {
    return errors() == 0 && isFair() && isWithinLimits() && isIdle();
  }
}
