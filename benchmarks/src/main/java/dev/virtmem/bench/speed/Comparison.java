package dev.virtmem.bench.speed;

/**
 * A row of the report. What is not there is null.
 *
 * @param what the operation, and the parameters behind it
 * @param ns its time in ns
 * @param baselineNs the time in ns of what it is held against
 * @param ratio the first over the second
 * @param bytesPerOperation bytes allocated on the heap, less what the baseline allocates
 * @param bar the most that the ratio may be
 * @param ok whether it keeps the bar, and allocates nothing if it must not
 */
record Comparison(
    String what,
    double ns,
    Double baselineNs,
    Double ratio,
    double bytesPerOperation,
    Double bar,
    Boolean ok) {

  /**
   * Allocations that are not the operation's own, such as a cursor for a whole loop, are below
   * this, and one for each operation takes 16 bytes at least.
   */
  private static final double NEGLIGIBLE_BYTES = 4;

  static Comparison of(String what, Compare rule, double ns, Double baselineNs, double bytes) {
    Double ratio = baselineNs == null ? null : Double.valueOf(ns / baselineNs);
    Double bar = rule.atMost() == 0 || ratio == null ? null : Double.valueOf(rule.atMost());
    Boolean ok = null;
    if (bar != null || rule.allocationFree()) {
      ok = (bar == null || ratio <= bar) && (!rule.allocationFree() || bytes < NEGLIGIBLE_BYTES);
    }
    return new Comparison(what, ns, baselineNs, ratio, bytes, bar, ok);
  }
}
