package dev.virtmem.cli;

import dev.virtmem.cli.Finding.Cause;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Tells a clock that is too high from a bus that is bad at any. A clock is to blame if the lower
 * ones are without errors, where so many bits were moved that some should have been wrong.
 */
final class WireDiagnosis {
  private static final String SHORTEN =
      "Shorten the wires to 10 cm or less, with ground next to the clock.";
  private static final String CAPACITOR = "Put 100 nF across the supply, next to the chip's pins.";

  /** The share of the errors that makes out a direction. */
  private static final double ALMOST_ALL = 0.95;

  private static final int ENOUGH = 10;

  /**
   * Up to this share of wrong bits verify=crc cures all: 20 of 20 runs of 200 transfers of 4 KiB
   * succeeded on a simulated chip at 3e-5, 18 at 5e-5, and 4 at 7e-5.
   */
  private static final double CRC_STANDS = 3e-5;

  private final Observed seen;
  private final double significant;

  /**
   * Prepares.
   *
   * @param significant how many errors must be missing at the lower clocks to blame the clock
   */
  WireDiagnosis(Observed seen, double significant) {
    this.seen = seen;
    this.significant = significant;
  }

  Optional<Finding> finding() {
    OptionalInt safe = seen.safe();
    if (safe.isPresent() && safe.getAsInt() < seen.hz() && clockMatters(safe.getAsInt())) {
      return Optional.of(tooHigh(safe.getAsInt()));
    }
    Evidence evidence = seen.evidence();
    if (only(evidence.readErrors())) {
      return Optional.of(
          bad(
              evidence.readErrors() / (double) evidence.bitsRead(),
              " read",
              "Check the wire MISO (the chip's SO): only reads are wrong."));
    }
    if (only(evidence.writeErrors())) {
      return Optional.of(
          bad(
              evidence.writeErrors() / (double) evidence.bitsWritten(),
              " written",
              "Check the wire MOSI (the chip's SI): only writes are wrong."));
    }
    long errors = evidence.errors();
    long bits = evidence.bits();
    for (ClockResult result : seen.clocks()) {
      if (result.hz() <= seen.hz()) {
        errors += result.errors();
        bits += result.bits();
      }
    }
    return errors == 0
        ? Optional.empty()
        : Optional.of(
            bad(errors / (double) bits, "", "Check the contacts of all six wires, ground first."));
  }

  private boolean clockMatters(int safe) {
    Evidence evidence = seen.evidence();
    long errors = seen.testedHz() > safe ? evidence.errors() : 0;
    long bits = seen.testedHz() > safe ? evidence.bits() : 0;
    long cleanBits = 0;
    for (ClockResult result : seen.clocks()) {
      if (result.hz() <= safe) {
        cleanBits += result.bits();
      } else if (result.hz() <= seen.hz()) {
        if (result.failure().isPresent()) {
          return true;
        }
        errors += result.errors();
        bits += result.bits();
      }
    }
    if (seen.testedHz() <= safe && evidence.errors() > 0) {
      return false;
    }
    return bits > 0 && errors / (double) bits * cleanBits >= significant;
  }

  private Finding tooHigh(int safe) {
    int advised = seen.advised().orElse(safe);
    int fails =
        seen.clocks().stream()
            .mapToInt(ClockResult::hz)
            .filter(hz -> hz > safe)
            .min()
            .orElse(seen.hz());
    return new Finding(
        Cause.CLOCK,
        Lines.format(
            "The clock is too high: %s fails, %s and below pass.",
            Clocks.text(fails), Clocks.text(safe)),
        List.of(
            "Set hz=" + advised + " in the URI, and run this again.",
            "To go faster: " + decapitalized(SHORTEN),
            CAPACITOR));
  }

  private static String decapitalized(String text) {
    return text.substring(0, 1).toLowerCase(Locale.ROOT) + text.substring(1);
  }

  /** Tells whether nearly all errors are of one kind. */
  private boolean only(long errors) {
    return errors >= ENOUGH && errors > ALMOST_ALL * seen.evidence().errors();
  }

  private Finding bad(double rate, String moved, String first) {
    return new Finding(
        Cause.BUS,
        Lines.format(
            "The %s is bad: about 1 bit in %,d%s is wrong%s.",
            seen.hasClock() ? "bus" : "connection", oneIn(rate), moved, even()),
        seen.hasClock()
            ? List.of(first, SHORTEN, CAPACITOR, untilThen(rate))
            : List.of("Check the cable, its contacts and the supply, and run this again."));
  }

  private static String untilThen(double rate) {
    return rate > CRC_STANDS
        ? "It is too bad for verify=crc to help: cure it first."
        : "Until then, add verify=crc to the URI: it repeats damaged transfers.";
  }

  private String even() {
    return seen.clocks().stream()
        .findFirst()
        .filter(lowest -> lowest.errors() > 0)
        .map(lowest -> ", even at " + Clocks.text(lowest.hz()))
        .orElse("");
  }

  /** Returns the reciprocal with one digit: the number of errors is no better known. */
  static long oneIn(double rate) {
    double reciprocal = 1 / rate;
    double unit = Math.pow(10, Math.floor(Math.log10(reciprocal)));
    return Math.max(1, Math.round(Math.round(reciprocal / unit) * unit));
  }
}
