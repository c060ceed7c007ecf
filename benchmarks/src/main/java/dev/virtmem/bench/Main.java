package dev.virtmem.bench;

import dev.virtmem.bench.wire.WireBenchmark;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Runs a benchmark: {@code wire [--json] [--traces DIR]}. */
public final class Main {
  private Main() {}

  /**
   * Runs a benchmark and prints its report.
   *
   * @param arguments as said above
   * @throws IOException if a trace cannot be read
   */
  public static void main(String[] arguments) throws IOException {
    var options = List.of(arguments);
    int traces = options.indexOf("--traces");
    var report = WireBenchmark.run(traces < 0 ? null : Path.of(options.get(traces + 1)));
    System.out.println(options.contains("--json") ? report.toJson() : report.toText());
  }
}
