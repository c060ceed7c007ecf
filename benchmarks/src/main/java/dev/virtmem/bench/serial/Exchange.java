package dev.virtmem.bench.serial;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How fast a device of the plain protocol is answered.
 *
 * @param what it does
 * @param bytes of data that it writes or reads at once
 * @param dataBytes of data that a round trip moves, both ways together
 * @param rounds what was measured
 */
record Exchange(String what, int bytes, int dataBytes, List<Round> rounds) {
  /** How much of the bare port's rate must be reached. */
  static final double BAR = 0.8;

  /**
   * A round.
   *
   * @param host round trips a second to our host
   * @param bare round trips a second to the bare port
   */
  record Round(double host, double bare) {
    double ratio() {
      return host / bare;
    }
  }

  /** Returns the round trips a second to our host, in the median round. */
  double host() {
    return median(Round::host);
  }

  /** Returns the round trips a second to the bare port, in the median round. */
  double bare() {
    return median(Round::bare);
  }

  /** Returns the median of the rounds' ratios. */
  double ratio() {
    return median(Round::ratio);
  }

  double lowerQuartile() {
    return quantile(Round::ratio, 0.25);
  }

  double upperQuartile() {
    return quantile(Round::ratio, 0.75);
  }

  boolean ok() {
    return ratio() >= BAR;
  }

  private double median(ToDoubleFunction<Round> value) {
    return quantile(value, 0.5);
  }

  private double quantile(ToDoubleFunction<Round> value, double share) {
    double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
    return sorted[(int) (sorted.length * share)];
  }
}
