package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SelfTestCommandTest {
  @TempDir Path folder;

  private static boolean kept() {
    var contents = new byte[BrokenStores.CAPACITY];
    BrokenStores.below.read(0, contents, 0, contents.length);
    for (int i = 0; i < contents.length; i++) {
      if (contents[i] != BrokenStores.contents(i)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the first test that failed. */
  private static JsonObject failedTest(Outcome outcome) {
    for (var test : outcome.json().getAsJsonArray("tests")) {
      if (!test.getAsJsonObject().get("passed").getAsBoolean()) {
        return test.getAsJsonObject();
      }
    }
    return fail("no test failed");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sim:23LC1024", "sim:23LC512?hz=1000000", "heap:1M", "heap:5000", "heap:1"})
  void storesThatWorkPass(String store) {
    for (String[] more : new String[][] {{}, {"--overwrite"}, {"--blocks", "3", "--overwrite"}}) {
      var arguments = new String[3 + more.length];
      System.arraycopy(new String[] {"selftest", "--store", store}, 0, arguments, 0, 3);
      System.arraycopy(more, 0, arguments, 3, more.length);
      String text = Outcome.of(arguments).succeeded().out();
      assertTrue(text.contains("The store works."), text);
      assertEquals(0, text.lines().filter(line -> line.length() > 80).count(), text);
    }
  }

  @Test
  void contentsAreKept() throws IOException {
    Path file = folder.resolve("pool");
    var contents = new byte[40_000];
    new Random(3).nextBytes(contents);
    Files.write(file, contents);
    Outcome.of("selftest", "--store", "file:" + file).succeeded();
    assertEquals(-1, Arrays.mismatch(contents, Files.readAllBytes(file)));
    Outcome.of("selftest", "--store", "file:" + file, "--overwrite").succeeded();
    assertTrue(Arrays.mismatch(contents, Files.readAllBytes(file)) >= 0);
  }

  @Test
  void saysHowQuickAStoreIs() {
    JsonObject json =
        Outcome.of("selftest", "--store", "sim:23LC1024", "--json").succeeded().json();
    assertTrue(json.get("passed").getAsBoolean());
    assertEquals(131_072, json.get("capacity").getAsLong());
    JsonObject read = json.getAsJsonArray("transfers").get(0).getAsJsonObject();
    assertEquals(16, read.get("bytes").getAsInt());
    // 15 us, and 20 bytes of 0.4 us.
    assertEquals(23_000, read.get("measuredNanos").getAsDouble(), 1);
    assertEquals(23_000, read.get("modelledNanos").getAsDouble(), 1);
  }

  @Test
  void findsAStuckBit() {
    Outcome outcome = Outcome.of("selftest", "--store", "broken:stuck", "--json");
    outcome.failed(1, "bit 3 at offset 12,345 is always 1");
    assertFalse(outcome.json().get("passed").getAsBoolean());
    assertEquals(12_345, failedTest(outcome).get("offset").getAsLong());
    assertEquals(0, failedTest(outcome).get("expected").getAsInt());
    assertEquals(8, failedTest(outcome).get("found").getAsInt());
    String text =
        Outcome.of("selftest", "--store", "broken:stuck").failed(1, "does not work").out();
    assertTrue(text.contains("FAILED"), text);
    assertFalse(text.contains("The store works"), text);
    JsonObject stuck = outcome.json().getAsJsonObject("stuckBits");
    assertEquals(1, stuck.get("count").getAsInt());
    assertEquals(
        8, stuck.getAsJsonArray("first").get(0).getAsJsonObject().get("alwaysOne").getAsInt());
  }

  @Test
  void theVerdictIsFirstAndThenWhatToDo() {
    List<String> lines =
        Outcome.of("selftest", "--store", "broken:half").failed(1).out().lines().toList();
    assertTrue(lines.getFirst().startsWith("The device holds 32,768 bytes"), lines::toString);
    assertTrue(lines.get(1).startsWith("  - Compare the part number"), lines::toString);
    JsonObject json = Outcome.of("selftest", "--store", "broken:half", "--json").json();
    assertEquals(lines.getFirst(), json.get("verdict").getAsString());
    assertEquals(lines.get(1), "  - " + json.getAsJsonArray("advice").get(0).getAsString());
  }

  @Test
  void findsTheClocksThatAreSafe() {
    BrokenStores.below = null;
    Outcome outcome = Outcome.of("selftest", "--store", "broken:limit9000000", "--json");
    outcome.failed(1, "The clock is too high: 10 MHz fails, 8 MHz and below pass.");
    JsonObject json = outcome.json();
    assertEquals(8_000_000, json.get("safeHz").getAsInt());
    assertEquals(5_000_000, json.get("advisedHz").getAsInt());
    assertEquals("Set hz=5000000 in the URI, and run this again.", advice(json));
    assertEquals(
        List.of(20_000_000, 16_000_000, 12_500_000, 10_000_000, 8_000_000, 5_000_000, 4_000_000)
            .toString(),
        clocks(json).subList(0, 7).toString());
    for (var clock : json.getAsJsonArray("clocks")) {
      JsonObject object = clock.getAsJsonObject();
      assertTrue(object.get("bits").getAsLong() > 1_000_000, object::toString);
      assertEquals(
          object.get("hz").getAsInt() > 9_000_000, object.get("wrongBits").getAsLong() > 0);
    }
  }

  @Test
  void contentsSurviveClocksAtWhichWritesGoAnywhere() {
    BrokenStores.below = null;
    Outcome.of("selftest", "--store", "broken:limit9000000").failed(1);
    assertTrue(kept());
    Outcome.of("selftest", "--store", "broken:limit9000000", "--overwrite").failed(1);
    assertFalse(kept());
  }

  @Test
  void aClockIsNeverAboveTheOneAskedFor() {
    BrokenStores.below = null;
    JsonObject json =
        Outcome.of("selftest", "--store", "broken:limit9000000?hz=4500000", "--json")
            .succeeded()
            .json();
    assertEquals(List.of(4_500_000, 4_000_000, 2_000_000, 1_000_000), clocks(json));
    assertEquals(4_500_000, json.get("advisedHz").getAsInt());
  }

  @Test
  void saysSoIfTheMarginIsSmall() {
    BrokenStores.below = null;
    // The default of this store is 20 MHz, and so is its limit.
    JsonObject json =
        Outcome.of("selftest", "--store", "broken:limit20000000", "--json").succeeded().json();
    assertEquals(0, json.getAsJsonArray("advice").size());
    assertEquals(20_000_000, json.get("advisedHz").getAsInt());
  }

  @Test
  void evenTheLowestClockMayFail() {
    BrokenStores.below = null;
    Outcome outcome = Outcome.of("selftest", "--store", "broken:limit500", "--json");
    outcome.failed(1, "The bus is bad", "even at 1 MHz");
    assertFalse(outcome.json().has("safeHz"));
    Outcome noisy = Outcome.of("selftest", "--store", "sim:23LC1024?fault=limit:500000", "--json");
    noisy.failed(1, "1 MHz fails, 500 kHz and below pass");
  }

  @Test
  void theSimulatedChipTakesFewTransfers() {
    JsonObject json =
        Outcome.of("selftest", "--store", "sim:23LC1024", "--json").succeeded().json();
    JsonObject moved = json.getAsJsonObject("moved");
    assertTrue(moved.get("transfers").getAsInt() < 2000, moved::toString);
    assertTrue(moved.get("bitsRead").getAsLong() > 4_000_000, moved::toString);
    assertTrue(moved.get("bitsWritten").getAsLong() > 4_000_000, moved::toString);
  }

  private static String advice(JsonObject json) {
    return json.getAsJsonArray("advice").get(0).getAsString();
  }

  private static List<Integer> clocks(JsonObject json) {
    return json.getAsJsonArray("clocks").asList().stream()
        .map(clock -> clock.getAsJsonObject().get("hz").getAsInt())
        .toList();
  }

  @Test
  void findsADeadAddressLine() {
    Outcome outcome = Outcome.of("selftest", "--store", "broken:alias", "--json");
    outcome.failed(1, "bit 13 has no effect", "offsets 8,192 apart are the same");
    assertEquals("address lines", failedTest(outcome).get("name").getAsString());
  }

  @Test
  void findsBlocksThatAreTheSame() {
    Outcome.of("selftest", "--store", "broken:twins").succeeded();
    Outcome outcome = Outcome.of("selftest", "--store", "broken:twins", "--overwrite", "--json");
    outcome.failed(1, "at offset 12,288 ");
    assertEquals("all together", failedTest(outcome).get("name").getAsString());
  }

  @Test
  void findsAWriteThatLeaks() {
    Outcome outcome = Outcome.of("selftest", "--store", "broken:leaky", "--json").failed(1);
    assertEquals("boundaries", failedTest(outcome).get("name").getAsString());
  }

  @Test
  void findsAStoreThatDoesNotRefuse() {
    Outcome outcome = Outcome.of("selftest", "--store", "broken:lenient", "--json");
    outcome.failed(1, "did not refuse");
    assertTrue(kept());
  }

  @Test
  void aStoreThatFailsIsAFailure() {
    Outcome.of("selftest", "--store", "broken:fails").failed(1, "does not work");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "stuck", "lenient"})
  void whatCanBePutBackIsPutBack(String kind) {
    Outcome.of("selftest", "--store", "broken:" + kind);
    if (kind.equals("stuck")) {
      var one = new byte[1];
      BrokenStores.below.read(12_344, one, 0, 1);
      assertEquals(BrokenStores.contents(12_344), one[0]);
    } else {
      assertTrue(kept());
    }
  }

  @Test
  void wrongUsageIsRefused() {
    Outcome.of("selftest", "--store", "heap:1K", "--blocks", "0").failed(2, "--blocks");
    Outcome.of("selftest", "--store", "nothing").failed(2, "heap:1M");
  }
}
