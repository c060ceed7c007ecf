package dev.virtmem.cli;

import dev.virtmem.spiram.Verification;
import java.util.ArrayList;
import java.util.List;

/**
 * What a self-test reports.
 *
 * @param store what was tested
 * @param overwritten whether its contents are lost by intention
 * @param steps what was tested
 * @param seen what was found
 * @param findings what is wrong, the cause of most first
 * @param speeds how quick the store is; empty if it does not work
 * @param verification what verification had to repair meanwhile
 */
record SelfTestResult(
    String store,
    boolean overwritten,
    List<Step> steps,
    Observed seen,
    List<Finding> findings,
    List<Speed> speeds,
    Verification.Counts verification) {

  boolean passed() {
    return findings.isEmpty();
  }

  /** Returns a sentence on what is the matter. */
  String verdict() {
    if (!passed()) {
      return findings.getFirst().text();
    }
    if (verification.retries() > 0) {
      return "The store works, but the bus is bad: verification repeated "
          + counted(verification.retries(), "transfer")
          + (verification.repairedLines() == 0
              ? "."
              : " and rebuilt " + counted(verification.repairedLines(), "line") + ".");
    }
    return Lines.format(
        "The store works. None of %,d bits was wrong%s.", bitsInAll(), littleMargin());
  }

  private static String counted(long number, String what) {
    return Lines.format("%,d %s", number, number == 1 ? what : what + "s");
  }

  private long bitsInAll() {
    return seen.evidence().bits()
        + seen.clocks().stream()
            .filter(clock -> clock.hz() <= seen.hz())
            .mapToLong(ClockResult::bits)
            .sum();
  }

  private String littleMargin() {
    return hasLittleMargin() ? ", but the margin is small" : "";
  }

  /** Tells whether what was found about clocks can be relied on: not if none is free of errors. */
  boolean clockMatters() {
    return findings.stream().noneMatch(finding -> finding.cause() == Finding.Cause.BUS);
  }

  private boolean hasLittleMargin() {
    return seen.advised().isPresent() && seen.advised().getAsInt() < seen.hz();
  }

  /** Returns what to do, a sentence each. */
  List<String> advice() {
    var advice = new ArrayList<String>();
    if (passed() && hasLittleMargin()) {
      advice.add("Set hz=" + seen.advised().getAsInt() + " in the URI, to be on the safe side.");
    }
    // Before all else: what is found behind verification is what it could not hide.
    if (verification.retries() > 0) {
      advice.add("Leave verify out of the URI to see what is wrong with the wires or the chip.");
    }
    if (!passed()) {
      advice.addAll(findings.getFirst().advice());
    }
    return advice;
  }
}
