package dev.virtmem.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays real traces through the page cache, and compares with other simulators' figures. */
class ReferenceReplayTest {
  private static final Set<String> POLICIES = Set.of("FIFO", "LRU", "CLOCK", "SIEVE", "S3FIFO");
  private static final Map<String, String> WRITE_BACK_POLICIES =
      Map.of("FIFO-WB", "FIFO", "FIFO-CLEAN5", "FIFO-CLEAN5");

  private final ReferenceData data = new ReferenceData();

  @TestFactory
  Stream<DynamicTest> misses() throws IOException {
    List<Map<String, String>> rows = rows("policy-reference.csv", POLICIES);
    return rows.stream().map(row -> test(row, row.get("policy"), false));
  }

  @TestFactory
  Stream<DynamicTest> writeBacks() throws IOException {
    List<Map<String, String>> rows = rows("policy-reference-rw.csv", WRITE_BACK_POLICIES.keySet());
    return rows.stream().map(row -> test(row, WRITE_BACK_POLICIES.get(row.get("policy")), true));
  }

  private List<Map<String, String>> rows(String csv, Set<String> policies) throws IOException {
    var rows = data.rows(csv).stream().filter(row -> policies.contains(row.get("policy"))).toList();
    assertTrue(rows.size() >= policies.size(), csv + " has " + rows.size() + " rows to compare");
    return rows;
  }

  private DynamicTest test(Map<String, String> row, String policy, boolean writeBacks) {
    String name = row.get("trace") + " " + row.get("policy") + " " + row.get("cache_pages");
    return dynamicTest(
        name,
        () -> {
          var replay = new PageReplay(data.trace(row.get("trace")));
          var result = replay.run(policy, Integer.parseInt(row.get("cache_pages")));
          assertEquals(Long.parseLong(row.get("requests")), result.requests(), "requests");
          assertEquals(Long.parseLong(row.get("misses")), result.misses(), "misses");
          if (writeBacks) {
            assertEquals(
                Long.parseLong(row.get("write_backs")), result.writeBacks(), "write-backs");
          }
        });
  }
}
