package dev.virtmem.policy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Replays real traces and compares with exact figures from other simulators. The data are not part
 * of the project: their folder is named by the system property {@code virtmem.data}, or is {@code
 * shared/data} in, or beside, a folder above the working directory.
 */
class ReferenceFiguresTest {

  private static final Set<String> POLICIES = Set.of("FIFO", "LRU", "CLOCK", "SIEVE", "S3FIFO");
  private static final Map<String, String> WRITE_BACK_POLICIES =
      Map.of("FIFO-WB", "FIFO", "FIFO-CLEAN5", "FIFO-CLEAN5");

  private final Map<String, int[]> traces = new HashMap<>();

  @TestFactory
  List<DynamicTest> misses() throws IOException {
    Path data = data();
    List<DynamicTest> tests =
        rows(data.resolve("policy-reference.csv")).stream()
            .filter(row -> POLICIES.contains(row.get("policy")))
            .map(row -> dynamicTest(title(row), () -> replay(data, row.get("policy"), row)))
            .toList();
    assertTrue(tests.size() >= POLICIES.size(), "rows found: " + tests.size());
    return tests;
  }

  @TestFactory
  List<DynamicTest> writeBacks() throws IOException {
    Path data = data();
    List<DynamicTest> tests =
        rows(data.resolve("policy-reference-rw.csv")).stream()
            .filter(row -> WRITE_BACK_POLICIES.containsKey(row.get("policy")))
            .map(row -> dynamicTest(title(row), () -> replayWithWriteBacks(data, row)))
            .toList();
    assertTrue(tests.size() >= WRITE_BACK_POLICIES.size(), "rows found: " + tests.size());
    return tests;
  }

  private void replayWithWriteBacks(Path data, Map<String, String> row) {
    DemandCache cache = replay(data, WRITE_BACK_POLICIES.get(row.get("policy")), row);
    assertEquals(number(row, "write_backs"), cache.writeBacks(), "write-backs");
    assertEquals(number(row, "dirty_at_end"), cache.dirtyCount(), "dirty at end");
  }

  private DemandCache replay(Path data, String policy, Map<String, String> row) {
    int[] requests = traces.computeIfAbsent(row.get("trace"), name -> trace(data, name));
    assertEquals(number(row, "requests"), requests.length, "requests");
    DemandCache cache = new DemandCache(policy, number(row, "cache_pages"));
    for (int request : requests) {
      cache.access(request >> 1, (request & 1) != 0);
    }
    cache.policy().check();
    assertEquals(number(row, "misses"), cache.misses(), "misses");
    return cache;
  }

  private static String title(Map<String, String> row) {
    return row.get("trace") + " " + row.get("policy") + " " + row.get("cache_pages");
  }

  private static int number(Map<String, String> row, String column) {
    return Integer.parseInt(row.get(column));
  }

  private static List<Map<String, String>> rows(Path csv) throws IOException {
    List<String> lines = Files.readAllLines(csv);
    String[] columns = lines.getFirst().split(",");
    return lines.stream().skip(1).map(line -> row(columns, line.split(","))).toList();
  }

  private static Map<String, String> row(String[] columns, String[] values) {
    Map<String, String> row = new HashMap<>();
    for (int i = 0; i < columns.length; i++) {
      row.put(columns[i], values[i]);
    }
    return row;
  }

  /** Reads a trace; each request is its page number doubled, plus 1 for a write. */
  private static int[] trace(Path data, String name) {
    Path pages = data.resolve("traces").resolve(name + ".trc.gz");
    Path accesses = data.resolve("traces").resolve(name + ".rwt.gz");
    try (var reader = open(Files.exists(pages) ? pages : accesses)) {
      return reader.lines().mapToInt(ReferenceFiguresTest::request).toArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedReader open(Path file) throws IOException {
    return new BufferedReader(
        new InputStreamReader(
            new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.US_ASCII));
  }

  private static int request(String line) {
    String[] fields = line.split(" ");
    int write = fields[0].equals("w") ? 1 : 0;
    return Integer.parseInt(fields[fields.length - 1]) << 1 | write;
  }

  private static Path data() {
    String property = System.getProperty("virtmem.data");
    if (property != null) {
      return Path.of(property);
    }
    Path found = null;
    for (Path above = Path.of("").toAbsolutePath(); above != null; above = above.getParent()) {
      Path folder = above.resolve("shared").resolve("data");
      if (found == null && Files.exists(folder.resolve("policy-reference.csv"))) {
        found = folder;
      }
    }
    assumeTrue(found != null, "no reference data found; name their folder with -Dvirtmem.data");
    return found;
  }
}
