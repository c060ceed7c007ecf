package dev.virtmem.bench.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.virtmem.sim.replay.CostModels;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The figures of {@link WireBenchmark}, for people and for programs. */
public final class WireReport {
  private static final Set<String> TRACES = Set.of("T1", "T2");

  private final Map<String, Map<String, Measurement>> byModel;

  WireReport(Map<String, Map<String, Measurement>> byModel) {
    this.byModel = byModel;
  }

  /**
   * Returns what was measured.
   *
   * @return by cost model ({@code spi}, {@code serial}, {@code card}), then by workload ({@code W1}
   *     ...), in their usual order
   */
  public Map<String, Map<String, Measurement>> measurements() {
    return byModel;
  }

  /**
   * Returns the geometric mean of the ratios over W1 to W9.
   *
   * @param model {@code spi}, {@code serial} or {@code card}
   * @return how many times less time it takes than the original
   */
  public double geometricMean(String model) {
    double logarithms =
        byModel.get(model).entrySet().stream()
            .filter(entry -> !TRACES.contains(entry.getKey()))
            .mapToDouble(entry -> Math.log(entry.getValue().ratio()))
            .average()
            .orElseThrow();
    return Math.exp(logarithms);
  }

  /**
   * Returns a table for each cost model.
   *
   * @return lines of at most 100 characters
   */
  public String toText() {
    var text = new StringBuilder();
    byModel.forEach((model, rows) -> table(text, model, rows));
    if (byModel.values().stream().noneMatch(rows -> rows.keySet().containsAll(TRACES))) {
      text.append("T1 and T2 need recorded traces, which were not found: name their folder.\n");
    }
    return text.toString();
  }

  private void table(StringBuilder text, String model, Map<String, Measurement> rows) {
    Measurement any = rows.values().iterator().next();
    text.append(
        "%s: %d frames of %d bytes%n%-8s %12s %12s %9s %9s %11s %11s %8s%n"
            .formatted(
                model,
                any.frames(),
                any.pageSize(),
                "workload",
                "bytes read",
                "written",
                "reads",
                "writes",
                "seconds",
                "original",
                "ratio"));
    rows.forEach(
        (name, m) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-8s %,12d %,12d %,9d %,9d %11.4f %11.4f %8.2f%n",
                    name,
                    m.bytesRead(),
                    m.bytesWritten(),
                    m.readTransfers(),
                    m.writeTransfers(),
                    m.seconds(),
                    Original.of(name).seconds(CostModels.all().get(model)),
                    m.ratio())));
    text.append(
        String.format(Locale.ROOT, "geometric mean of W1 to W9 %60.2f%n%n", geometricMean(model)));
  }

  /**
   * Returns everything as one object.
   *
   * @return JSON
   */
  public String toJson() {
    Gson gson = new GsonBuilder().setPrettyPrinting().create();
    var workloads = new JsonArray();
    for (String name : byModel.values().iterator().next().keySet()) {
      var workload = new JsonObject();
      workload.addProperty("name", name);
      byModel.forEach((model, rows) -> workload.add(model, gson.toJsonTree(rows.get(name))));
      workloads.add(workload);
    }
    var means = new JsonObject();
    byModel.keySet().forEach(model -> means.addProperty(model, geometricMean(model)));
    var report = new JsonObject();
    report.add("workloads", workloads);
    report.add("geometricMean", means);
    return gson.toJson(report);
  }
}
