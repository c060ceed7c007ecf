package dev.virtmem.bench.speed;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;

class SpeedReportTest {
  @Compare(what = "x", operations = 1, to = "y", atMost = 2, allocationFree = true)
  private static Compare strict() {
    return rule("strict");
  }

  @Compare(what = "x", operations = 1)
  private static Compare lax() {
    return rule("lax");
  }

  private static Compare rule(String method) {
    try {
      return SpeedReportTest.class.getDeclaredMethod(method).getAnnotation(Compare.class);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void aRowKeepsItsBarsOrNot() {
    assertTrue(Comparison.of("x", strict(), 4, 2.0, 0).ok());
    assertFalse(Comparison.of("x", strict(), 4.1, 2.0, 0).ok(), "too slow");
    assertFalse(Comparison.of("x", strict(), 4, 2.0, 16).ok(), "allocates");
    assertTrue(Comparison.of("x", strict(), 4, null, 0).ok(), "nothing to compare with");
    assertNull(Comparison.of("x", lax(), 4, 2.0, 16).ok(), "no bar");
  }

  @Test
  void aRowTellsTheRatio() {
    assertEquals(2.5, Comparison.of("x", lax(), 5, 2.0, 0).ratio());
    assertNull(Comparison.of("x", lax(), 5, null, 0).ratio());
  }

  @Test
  void theReportIsOkIfAllRowsAre() {
    var good = Comparison.of("a", strict(), 1, 1.0, 0);
    var bad = Comparison.of("b", strict(), 9, 1.0, 0);
    var open = Comparison.of("c", lax(), 9, 1.0, 0);
    var reads = new AllocationReads(100, 3.9, 4, true);
    assertTrue(new SpeedReport(List.of(good, open), List.of(reads)).ok());
    assertFalse(new SpeedReport(List.of(good, bad), List.of(reads)).ok());
    assertFalse(
        new SpeedReport(List.of(good), List.of(new AllocationReads(100, 4.1, 4, false))).ok());
  }

  @Test
  void isWrittenAsTextAndJson() {
    var report =
        new SpeedReport(
            List.of(Comparison.of("int get", strict(), 9, 1.0, 0)),
            List.of(new AllocationReads(100, 3.9, 4, true)));
    assertTrue(report.toText().matches("(?s).*int get +9\\.000 +1\\.000 +9\\.00 .*NO.*"));
    assertTrue(report.toText().contains("100 live blocks: 3.90, bar 4.0, yes"));
    var json = JsonParser.parseString(report.toJson()).getAsJsonObject();
    var row = json.getAsJsonArray("comparisons").get(0).getAsJsonObject();
    assertEquals("int get", row.get("what").getAsString());
    assertEquals(9, row.get("ratio").getAsDouble());
    assertFalse(row.get("ok").getAsBoolean());
    assertFalse(json.get("ok").getAsBoolean());
  }

  @Test
  void readsOfTheAllocatorAreCounted() {
    try (var blocks = new LiveBlocks(50)) {
      long before = blocks.reads();
      for (int i = 0; i < 1000; i++) {
        blocks.replaceOne();
      }
      assertTrue(blocks.reads() > before);
    }
  }
}
