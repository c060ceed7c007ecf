package dev.virtmem.bench;

import dev.virtmem.bench.speed.SpeedBenchmark;
import dev.virtmem.bench.wire.WireBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs a benchmark: {@code wire [--json] [--traces DIR]} or {@code speed [--json] [--quick] [--only
 * REGEX]}.
 */
public final class Main {
  private Main() {}

  /**
   * Runs a benchmark and prints its report; what is running meanwhile goes to standard error.
   *
   * @param arguments as said above
   * @throws IOException if a trace cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    var options = List.of(arguments);
    boolean json = options.contains("--json");
    String command = options.isEmpty() ? "" : options.getFirst();
    switch (command) {
      case "wire" -> {
        String traces = value(options, "--traces", null);
        var report = WireBenchmark.run(traces == null ? null : Path.of(traces));
        System.out.println(json ? report.toJson() : report.toText());
      }
      case "speed" -> {
        var report =
            SpeedBenchmark.run(
                options.contains("--quick"), value(options, "--only", ""), System.err);
        System.out.println(json ? report.toJson() : report.toText());
      }
      default -> throw new IllegalArgumentException("'wire' or 'speed', got '" + command + "'");
    }
  }

  private static String value(List<String> options, String name, String otherwise) {
    int at = options.indexOf(name);
    return at < 0 || at + 1 == options.size() ? otherwise : options.get(at + 1);
  }
}
