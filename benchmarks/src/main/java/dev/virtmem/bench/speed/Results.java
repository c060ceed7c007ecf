package dev.virtmem.bench.speed;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.results.RunResult;

/** Finds results by the names of their methods, and compares them. */
final class Results {
  private final Map<String, RunResult> byName = new LinkedHashMap<>();

  /** Takes the quickest of the results of each benchmark. */
  Results(Collection<RunResult> results) {
    for (RunResult result : results) {
      byName.merge(
          method(result) + parameters(result),
          result,
          (one, other) -> median(other) < median(one) ? other : one);
    }
  }

  /** Makes a row of each benchmark that has a {@link Compare}. */
  List<Comparison> comparisons() {
    var rows = new ArrayList<Comparison>();
    for (RunResult result : byName.values()) {
      Compare rule = rule(result);
      if (rule != null) {
        rows.add(compare(result, rule));
      }
    }
    return rows;
  }

  private Comparison compare(RunResult result, Compare rule) {
    double ns = median(result) / rule.operations();
    RunResult minus = find(result, rule.minus());
    if (minus != null) {
      ns -= median(minus) / rule.operations();
    }
    RunResult baseline = find(result, rule.to());
    Double baselineNs =
        baseline == null ? null : Double.valueOf(median(baseline) / rule.operations());
    // The harness allocates in the baseline too.
    double harness = baseline == null ? 0 : allocated(baseline);
    double bytes = Math.max(0, allocated(result) - harness) / rule.operations();
    String values = parameters(result);
    String what = rule.what() + " " + values.replace("[", "").replace("]", "");
    return Comparison.of(what.strip(), rule, ns, baselineNs, bytes);
  }

  /** Finds the benchmark that an annotation names; null if it names none or that did not run. */
  private RunResult find(RunResult from, String name) {
    if (name.isEmpty()) {
      return null;
    }
    String full = name.contains(".") ? name : className(from) + "." + name;
    return byName.get(name.endsWith("]") ? full : full + parameters(from));
  }

  private static Compare rule(RunResult result) {
    String name = result.getParams().getBenchmark();
    int dot = name.lastIndexOf('.');
    try {
      return Class.forName(name.substring(0, dot))
          .getMethod(name.substring(dot + 1))
          .getAnnotation(Compare.class);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("benchmark " + name + " ran, but is not there", e);
    }
  }

  private static String method(RunResult result) {
    String name = result.getParams().getBenchmark();
    int dot = name.lastIndexOf('.', name.lastIndexOf('.') - 1);
    return name.substring(dot + 1);
  }

  private static String className(RunResult result) {
    String method = method(result);
    return method.substring(0, method.indexOf('.'));
  }

  private static String parameters(RunResult result) {
    BenchmarkParams params = result.getParams();
    return params.getParamsKeys().isEmpty()
        ? ""
        : params.getParamsKeys().stream()
            .map(params::getParam)
            .collect(Collectors.joining(",", "[", "]"));
  }

  /** Returns the median time of a call in ns, which other programs on the machine hardly change. */
  private static double median(RunResult result) {
    return result.getPrimaryResult().getStatistics().getPercentile(50);
  }

  private static double allocated(RunResult result) {
    var secondary = result.getSecondaryResults();
    for (String name : secondary.keySet()) {
      if (name.endsWith("gc.alloc.rate.norm")) {
        return secondary.get(name).getScore();
      }
    }
    throw new IllegalStateException("no allocation was measured, only " + secondary.keySet());
  }
}
