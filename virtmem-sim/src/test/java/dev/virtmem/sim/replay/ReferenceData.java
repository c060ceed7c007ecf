package dev.virtmem.sim.replay;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Traces and exact figures from other simulators, which are no part of the project: their folder is
 * named by the system property {@code virtmem.data}, or is {@code shared/data} in the working
 * directory or a folder above it. Tests that need them are skipped where they are not.
 */
final class ReferenceData {
  private final Path folder = folder();

  private static Path folder() {
    String property = System.getProperty("virtmem.data");
    if (property != null) {
      return Path.of(property);
    }
    Path at = Path.of("").toAbsolutePath();
    while (at != null && !Files.exists(at.resolve("shared/data/policy-reference.csv"))) {
      at = at.getParent();
    }
    assumeTrue(at != null, "no reference data found; name their folder with -Dvirtmem.data");
    return at.resolve("shared/data");
  }

  /** Opens a trace of blocks or pages. */
  Trace trace(String name) throws IOException {
    Path blocks = folder.resolve("traces").resolve(name + ".trc.gz");
    return Trace.open(
        Files.exists(blocks) ? blocks : folder.resolve("traces").resolve(name + ".rwt.gz"));
  }

  /** Reads a table; a row has values by the names of the columns. */
  List<Map<String, String>> rows(String csv) throws IOException {
    List<String> lines = Files.readAllLines(folder.resolve(csv));
    String[] columns = lines.getFirst().split(",");
    return lines.stream().skip(1).map(line -> row(columns, line.split(","))).toList();
  }

  private static Map<String, String> row(String[] columns, String[] values) {
    var row = new HashMap<String, String>();
    for (int i = 0; i < columns.length; i++) {
      row.put(columns[i], values[i]);
    }
    return row;
  }
}
