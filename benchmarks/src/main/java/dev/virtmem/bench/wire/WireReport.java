package dev.virtmem.bench.wire;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.virtmem.sim.replay.CostModels;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/** The figures of {@link WireBenchmark}, for people and for programs. */
public final class WireReport {
  private static final Set<String> TRACES = Set.of("T1", "T2");

  private final Map<String, Map<String, Measurement>> byModel;
  private final Map<String, LineTime> line;

  WireReport(Map<String, Map<String, Measurement>> byModel, Map<String, LineTime> line) {
    this.byModel = byModel;
    this.line = line;
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
   * Returns how long each workload takes over a simulated line with both real ends of the checked
   * protocol.
   *
   * @return by workload, in their usual order
   */
  public Map<String, LineTime> line() {
    return line;
  }

  /**
   * Returns the geometric mean of the ratios over W1 to W9.
   *
   * @param model {@code spi}, {@code serial} or {@code card}
   * @return how many times less time it takes than the original
   */
  public double geometricMean(String model) {
    return geometricMean(byModel.get(model), Measurement::ratio);
  }

  /**
   * Returns the geometric mean over W1 to W9 of how much faster the line is than its model.
   *
   * @return modelled over real seconds
   */
  public double lineGeometricMean() {
    return geometricMean(line, LineTime::ratio);
  }

  private static <T> double geometricMean(Map<String, T> rows, ToDoubleFunction<T> ratio) {
    double logarithms =
        rows.entrySet().stream()
            .filter(entry -> !TRACES.contains(entry.getKey()))
            .mapToDouble(entry -> Math.log(ratio.applyAsDouble(entry.getValue())))
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
    lineTable(text);
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

  private void lineTable(StringBuilder text) {
    text.append("line: the checked protocol, both ends, 1 Mbaud and 1 ms there and back\n");
    text.append("%-8s %11s %11s %8s%n".formatted("workload", "seconds", "serial says", "ratio"));
    line.forEach(
        (name, time) ->
            text.append(
                String.format(
                    Locale.ROOT,
                    "%-8s %11.4f %11.4f %8.3f%n",
                    name,
                    time.seconds(),
                    byModel.get("serial").get(name).seconds(),
                    time.ratio())));
    text.append(
        String.format(Locale.ROOT, "geometric mean of W1 to W9 %14.3f%n%n", lineGeometricMean()));
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
      workload.add("line", gson.toJsonTree(line.get(name)));
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
