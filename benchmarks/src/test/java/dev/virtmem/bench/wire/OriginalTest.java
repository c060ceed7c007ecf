package dev.virtmem.bench.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virtmem.sim.replay.CostModels;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OriginalTest {
  /** The seconds that were published with the counts, to a unit of their last digit. */
  @ParameterizedTest
  @CsvSource({
    "W1, 0.084, 2.12, 0.21",
    "W2, 0.042, 1.11, 0.05",
    "W3, 8.17, 208, 20.7",
    "W4, 4.08, 109, 5.3",
    "W5, 47.8, 1248, 87.6",
    "W6a, 0.054, 1.37, 0.14",
    "W6b, 0.119, 7.07, 3.15",
    "W7a, 0.888, 29.4, 40.6",
    "W7b, 1.00, 33.7, 48.6",
    "W8, 0.083, 2.12, 0.21",
    "W9, 0.063, 1.62, 0.13",
    "T1, 171, 4476, 304",
    "T2, 276, 7166, 537"
  })
  void takesTheTimesThatWerePublished(String workload, String spi, String serial, String card) {
    Original original = Original.of(workload);
    assertPublished(spi, original.seconds(CostModels.SPI));
    assertPublished(serial, original.seconds(CostModels.SERIAL));
    assertPublished(card, original.seconds(CostModels.CARD));
  }

  private static void assertPublished(String published, double seconds) {
    int point = published.indexOf('.');
    int digits = point < 0 ? 0 : published.length() - point - 1;
    assertEquals(Double.parseDouble(published), seconds, Math.pow(10, -digits));
  }
}
