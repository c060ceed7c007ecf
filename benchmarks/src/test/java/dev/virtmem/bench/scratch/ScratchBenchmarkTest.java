package dev.virtmem.bench.scratch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScratchBenchmarkTest {
  @Test
  void measuresTheTransfersOfTheMemory(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("pool");
    var result = ScratchBenchmark.run(file, 1 << 20, 65_536, 2000, 3);
    assertEquals(3, result.rounds().size());
    for (var round : result.rounds()) {
      // 15 of 256 pages are in RAM
      assertTrue(round.reads() > 1500 && round.reads() <= 2000, round.toString());
      assertTrue(round.writes() > 500 && round.writes() <= 1000, round.toString());
      assertTrue(round.memorySeconds() > 0 && round.plainSeconds() > 0, round.toString());
    }
    assertTrue(result.ramBytes() <= 65_536);
    assertFalse(Files.exists(file));
  }

  @Test
  void reportsTheMedian() {
    var rounds =
        List.of(
            new ScratchResult.Round(10, 5, 3, 1),
            new ScratchResult.Round(10, 5, 1, 1),
            new ScratchResult.Round(10, 5, 2, 1));
    var result = new ScratchResult(1 << 30, 1 << 20, 1 << 25, 100, rounds);
    assertEquals(2, result.ratio());
    assertTrue(result.toText().endsWith("Median ratio 2.00"), result.toText());
    var json = JsonParser.parseString(result.toJson()).getAsJsonObject();
    assertEquals(3, json.getAsJsonArray("rounds").size());
  }
}
