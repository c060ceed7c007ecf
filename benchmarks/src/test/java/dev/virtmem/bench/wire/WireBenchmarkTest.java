package dev.virtmem.bench.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the library promises to move at most; the counts are exact, whatever the machine. */
class WireBenchmarkTest {
  private static final Set<String> MODELS = Set.of("spi", "serial", "card");
  private static WireReport report;

  @BeforeAll
  static void run() throws IOException {
    report = WireBenchmark.run(null);
  }

  @Test
  void noWorkloadCostsMoreThanTheOriginal() {
    report
        .measurements()
        .forEach(
            (model, rows) ->
                rows.forEach(
                    (name, m) -> assertTrue(m.ratio() >= 1 / 1.05, model + " " + name + ": " + m)));
  }

  @ParameterizedTest
  @CsvSource({"spi, 4", "serial, 4", "card, 3"})
  void theMeanIsSeveralTimesBetter(String model, double times) {
    assertTrue(report.geometricMean(model) >= times, model + ": " + report.geometricMean(model));
  }

  @ParameterizedTest
  @CsvSource({"spi, W3, 10", "spi, W4, 10", "serial, W3, 40"})
  void scatteredAccessesAreManyTimesBetter(String model, String name, double times) {
    assertRatio(model, name, times);
  }

  @ParameterizedTest
  @CsvSource({
    "spi, T1, 15",
    "spi, T2, 15",
    "serial, T1, 10",
    "serial, T2, 10",
    "card, T1, 2",
    "card, T2, 2"
  })
  void realProgramsAreManyTimesBetter(String model, String name, double times) {
    assumeTrue(report.measurements().get(model).containsKey(name), "the trace is not here");
    assertRatio(model, name, times);
  }

  private static void assertRatio(String model, String name, double times) {
    Measurement m = report.measurements().get(model).get(name);
    assertTrue(m.ratio() >= times, model + " " + name + ": " + m);
  }

  /**
   * The real protocol is as fast as its linear model where there is anything to overlap. Where
   * there is not it cannot be: the model has 10 bytes a transfer, too few for a frame with a CRC-32
   * there and one back. W1, W6a and W8 write long runs and nothing else, W4 and W7b read 32 bytes
   * at a time.
   */
  @ParameterizedTest
  @CsvSource({
    "W1, 0.98",
    "W2, 1",
    "W3, 1.3",
    "W4, 0.97",
    "W5, 1.4",
    "W6a, 0.98",
    "W6b, 1",
    "W7a, 1",
    "W7b, 0.97",
    "W8, 0.98",
    "W9, 1.8",
    "T1, 1.1",
    "T2, 1.04"
  })
  void theLineIsAsFastAsItsModel(String name, double ratio) {
    assumeTrue(report.line().containsKey(name), "the trace is not here");
    LineTime time = report.line().get(name);
    double linear = report.measurements().get("serial").get(name).seconds();
    assertEquals(linear / time.seconds(), time.ratio(), 1e-9);
    assertTrue(time.ratio() >= ratio, name + ": " + time);
  }

  @Test
  void theLineIsFasterThanItsModelInTheMean() {
    assertTrue(report.lineGeometricMean() >= 1.1, "mean " + report.lineGeometricMean());
  }

  @Test
  void bytesThatAWriteCoversAreNotReadAndAllOfThemArrive() {
    Measurement m = report.measurements().get("spi").get("W8");
    assertEquals(0, m.bytesRead());
    assertEquals(100_000, m.bytesWritten());
  }

  @Test
  void theJsonHasTheKeysThatOthersRelyOn() {
    JsonObject json = JsonParser.parseString(report.toJson()).getAsJsonObject();
    var names =
        json.getAsJsonArray("workloads").asList().stream()
            .map(workload -> workload.getAsJsonObject().get("name").getAsString())
            .toList();
    assertEquals(
        List.of("W1", "W2", "W3", "W4", "W5", "W6a", "W6b", "W7a", "W7b", "W8", "W9"),
        names.subList(0, 11));
    JsonObject workload = json.getAsJsonArray("workloads").get(2).getAsJsonObject();
    for (String model : MODELS) {
      assertEquals(
          Set.of(
              "frames",
              "pageSize",
              "bytesRead",
              "bytesWritten",
              "readTransfers",
              "writeTransfers",
              "seconds",
              "ratio"),
          workload.getAsJsonObject(model).keySet());
    }
    assertEquals(Set.of("seconds", "ratio"), workload.getAsJsonObject("line").keySet());
    assertEquals(
        report.line().get("W3").seconds(),
        workload.getAsJsonObject("line").get("seconds").getAsDouble());
    assertEquals(MODELS, json.getAsJsonObject("geometricMean").keySet());
    Measurement m = report.measurements().get("spi").get("W3");
    assertEquals(m.ratio(), workload.getAsJsonObject("spi").get("ratio").getAsDouble());
    assertEquals(
        report.geometricMean("card"),
        json.getAsJsonObject("geometricMean").get("card").getAsDouble());
  }

  @Test
  void theTextHasALineForEachWorkload() {
    for (String line : List.of("spi: ", "serial: ", "card: ", "line: ", "W6b ", "geometric mean")) {
      assertTrue(report.toText().contains("\n" + line) || report.toText().startsWith(line), line);
    }
  }

  @Test
  void aNamedFolderWithoutTracesIsAnError(@TempDir Path folder) {
    var e = assertThrows(NoSuchFileException.class, () -> WireBenchmark.run(folder));
    assertTrue(e.getMessage().contains("sort.mem.gz"), e.getMessage());
  }
}
