package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
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

  private static JsonObject lastTest(Outcome outcome) {
    var tests = outcome.json().getAsJsonArray("tests");
    return tests.get(tests.size() - 1).getAsJsonObject();
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
    outcome.failed(1, "12,345", "00 was written and 08 read");
    assertFalse(outcome.json().get("passed").getAsBoolean());
    assertEquals(12_345, lastTest(outcome).get("offset").getAsLong());
    assertEquals(0, lastTest(outcome).get("expected").getAsInt());
    assertEquals(8, lastTest(outcome).get("found").getAsInt());
    String text =
        Outcome.of("selftest", "--store", "broken:stuck").failed(1, "does not work").out();
    assertTrue(text.contains("FAILED"), text);
    assertFalse(text.contains("The store works"), text);
  }

  @Test
  void findsADeadAddressLine() {
    Outcome outcome = Outcome.of("selftest", "--store", "broken:alias", "--json");
    outcome.failed(1, "at offset 0 ", "same byte as that at offset 8,192");
    assertEquals("address lines", lastTest(outcome).get("name").getAsString());
  }

  @Test
  void findsBlocksThatAreTheSame() {
    Outcome.of("selftest", "--store", "broken:twins").succeeded();
    Outcome outcome = Outcome.of("selftest", "--store", "broken:twins", "--overwrite", "--json");
    outcome.failed(1, "at offset 12,288 ");
    assertEquals("all together", lastTest(outcome).get("name").getAsString());
  }

  @Test
  void findsAWriteThatLeaks() {
    Outcome outcome = Outcome.of("selftest", "--store", "broken:leaky", "--json").failed(1);
    assertEquals("boundaries", lastTest(outcome).get("name").getAsString());
  }

  @Test
  void findsAStoreThatDoesNotRefuse() {
    Outcome outcome = Outcome.of("selftest", "--store", "broken:lenient", "--json");
    outcome.failed(1, "not refused");
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
