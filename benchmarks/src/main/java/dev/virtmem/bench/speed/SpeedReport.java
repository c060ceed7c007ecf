package dev.virtmem.bench.speed;

import com.google.gson.GsonBuilder;
import java.util.List;
import java.util.Locale;

/** The figures of {@link SpeedBenchmark}, for people and for programs. */
public final class SpeedReport {
  private final List<Comparison> comparisons;
  private final List<AllocationReads> allocationReads;

  SpeedReport(List<Comparison> comparisons, List<AllocationReads> allocationReads) {
    this.comparisons = comparisons;
    this.allocationReads = allocationReads;
  }

  /**
   * Tells whether every bar is kept.
   *
   * @return false if a row says that it is not
   */
  public boolean ok() {
    return comparisons.stream().allMatch(row -> row.ok() == null || row.ok())
        && allocationReads.stream().allMatch(AllocationReads::ok);
  }

  /**
   * Returns a table of times and ratios, and one of the allocator's reads.
   *
   * @return lines of about 110 characters
   */
  public String toText() {
    var text = new StringBuilder();
    text.append(
        String.format(
            "%-60s %11s %11s %7s %8s %5s  %s%n",
            "what", "ns", "baseline ns", "ratio", "B/op", "bar", "ok"));
    for (Comparison row : comparisons) {
      text.append(
          String.format(
              Locale.ROOT,
              "%-60s %11.3f %11s %7s %8.2f %5s  %s%n",
              row.what(),
              row.ns(),
              number("%.3f", row.baselineNs()),
              number("%.2f", row.ratio()),
              row.bytesPerOperation(),
              number("%.1f", row.bar()),
              word(row.ok())));
    }
    for (AllocationReads row : allocationReads) {
      text.append(
          String.format(
              Locale.ROOT,
              "%nstore reads for a free + allocate, %,d live blocks: %.2f, bar %.1f, %s",
              row.live(),
              row.readsPerPair(),
              row.bar(),
              word(row.ok())));
    }
    return text.append(System.lineSeparator()).toString();
  }

  private static String number(String format, Double value) {
    return value == null ? "" : String.format(Locale.ROOT, format, value);
  }

  private static String word(Boolean ok) {
    return ok == null ? "" : ok ? "yes" : "NO";
  }

  /**
   * Returns everything as one object.
   *
   * @return JSON: {@code comparisons}, {@code allocationReads}, {@code ok}
   */
  public String toJson() {
    var gson = new GsonBuilder().setPrettyPrinting().create();
    return gson.toJson(new Everything(comparisons, allocationReads, ok()));
  }

  private record Everything(
      List<Comparison> comparisons, List<AllocationReads> allocationReads, boolean ok) {}
}
