package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
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
    String file = folder.resolve("pool").toString();
    Outcome.of("bench", "scratch", file, "--rounds", "0").failed(2, "--rounds", "got 0");
    Outcome.of("bench", "scratch", file, "--size", "1").failed(2, "a memory needs");
    Outcome.of("bench", "serial", "--seconds", "0").failed(2, "--seconds", "got 0");
    Outcome.of("bench", "serial", "--ports", "257").failed(2, "--ports must be 1 to 256, got 257");
  }

  @Test
  void scratchMeasuresAndRemovesItsFile() {
    var file = folder.resolve("pool");
    String[] small = {
      "bench", "scratch", file.toString(), "--size", "1M", "--accesses", "1000", "--ram", "64K"
    };
    String text = Outcome.of(small).succeeded().out();
    assertTrue(text.contains("Median ratio"), text);
    assertFalse(Files.exists(file));
  }
}
