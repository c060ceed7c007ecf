package dev.virtmem.cli;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the benchmarks themselves do is tested in their module. */
class BenchCommandTest {
  @TempDir Path folder;

  @Test
  void wrongUsageIsRefused() {
    Outcome.of("bench", "wire", "--traces", folder.resolve("none").toString()).failed(2, "folder");
    Outcome.of("bench", "wire", "--traces", folder.toString()).failed(1, "sort.mem.gz");
    Outcome.of("bench", "speed", "--only", "(").failed(2, "regular expression");
  }
}
