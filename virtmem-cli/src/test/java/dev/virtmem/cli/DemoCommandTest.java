package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DemoCommandTest {
  @TempDir Path folder;

  private String file(String text) throws IOException {
    return Files.writeString(folder.resolve("text"), text).toString();
  }

  /** A text of some thousand different words, some of them far more frequent than others. */
  private static String generated(long seed, int words) {
    var random = new Random(seed);
    var text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      int number = (int) Math.pow(2_000, random.nextDouble());
      text.append("w").append(Integer.toString(number, 26).replaceAll("\\d", "z$0y"));
      text.append(random.nextInt(10) == 0 ? ".\n" : " ");
    }
    return text.toString().replaceAll("\\d", "q");
  }

  @Test
  void countsTheLicenceOnASimulatedChip() {
    String text = Outcome.of("demo", "--verify").succeeded().out();
    assertTrue(text.contains("simulated 23LC1024"), text);
    assertTrue(text.contains("1,588 words, 440 different"), text);
    assertTrue(text.contains("verified"), text);
    assertTrue(Pattern.compile("(?m)^  the +100  \\S+$").matcher(text).find(), text);
    assertEquals(0, text.lines().filter(line -> line.length() > 80).count(), text);
  }

  @Test
  void printsOneObjectForPrograms() {
    JsonObject json = Outcome.of("demo", "--verify", "--json").succeeded().json();
    assertEquals(1588, json.get("words").getAsLong());
    assertEquals(440, json.get("distinct").getAsInt());
    assertTrue(json.get("verified").getAsBoolean());
    assertTrue(json.get("hits").getAsLong() > 5 * json.get("faults").getAsLong());
    assertEquals(5376, json.get("ramBytes").getAsLong());
    assertTrue(json.get("heldBytes").getAsLong() > 2 * 5376);
    // Everything that is held was written, and each transfer takes 16.6 us and 0.4 us a byte.
    long written = json.get("bytesWritten").getAsLong();
    assertTrue(written >= json.get("heldBytes").getAsLong() * 0.9, json::toString);
    long bytes = written + json.get("bytesRead").getAsLong();
    long transfers = json.get("readTransfers").getAsLong() + json.get("writeTransfers").getAsLong();
    double seconds = transfers * 16.6e-6 + bytes * 0.4e-6;
    assertEquals(seconds, json.get("seconds").getAsDouble(), seconds * 1e-6);
    JsonObject without = json.getAsJsonObject("withoutCache");
    assertTrue(without.get("seconds").getAsDouble() > 2 * seconds);
    assertEquals("the", topWord(json));
  }

  private static String topWord(JsonObject json) {
    return json.getAsJsonArray("top").get(0).getAsJsonObject().get("word").getAsString();
  }

  @Test
  void withoutVerifyNothingIsClaimed() {
    Outcome outcome = Outcome.of("demo", "--json", "--top", "0").succeeded();
    assertFalse(outcome.json().get("verified").getAsBoolean());
    assertEquals(0, outcome.json().getAsJsonArray("top").size());
    assertFalse(Outcome.of("demo").succeeded().out().contains("verified"));
  }

  @ParameterizedTest
  @CsvSource({
    "--ram, 128",
    "--ram, 5K",
    "--frames, 1",
    "--page-size, 1024",
    "--policy, SIEVE",
    "--policy, s3fifo",
    "--store, heap:1M"
  })
  void generatedTextsAreCountedRightWhateverTheMemory(String option, String value)
      throws IOException {
    String file = file(generated(7, 8_000));
    JsonObject json =
        Outcome.of("demo", file, "--verify", "--json", option, value).succeeded().json();
    assertEquals(8_000, json.get("words").getAsLong());
    assertTrue(json.get("distinct").getAsInt() > 500);
    assertTrue(json.get("verified").getAsBoolean());
  }

  @Test
  void framesAndPageSizeAreTakenAsGiven() {
    JsonObject json =
        Outcome.of("demo", "--json", "--frames", "7", "--page-size", "32").succeeded().json();
    assertEquals(7, json.get("frames").getAsInt());
    assertEquals(32, json.get("pageSize").getAsInt());
  }

  @Test
  void numbersLookTheSameInEveryCountry() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.GERMANY);
    try {
      assertTrue(Outcome.of("demo").succeeded().out().contains("1,588 words"));
      assertTrue(Outcome.of("demo", "--store", "heap:8K").err().contains("8,192 bytes"));
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void jsonIsAsciiWhateverTheText() throws IOException {
    String out = Outcome.of("demo", file("\u00c4pfel \ud835\udc00"), "--json").succeeded().out();
    assertTrue(out.chars().allMatch(c -> c < 128), out);
    assertTrue(out.contains("\\u00e4pfel"), out);
  }

  @Test
  void anEmptyTextHasNoWords() throws IOException {
    JsonObject json = Outcome.of("demo", file(""), "--verify", "--json").succeeded().json();
    assertEquals(0, json.get("words").getAsLong());
    assertTrue(json.get("verified").getAsBoolean());
    assertTrue(Outcome.of("demo", file("")).succeeded().out().contains("0 words"));
  }

  @Test
  void saysIfWordsWereCut() throws IOException {
    String file = file("x".repeat(1000));
    assertTrue(Outcome.of("demo", file, "--verify").succeeded().out().contains("were cut"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"heap:4K", "heap:600", "heap:128"})
  void aTextThatDoesNotFitIsToldSo(String store) {
    Outcome outcome =
        Outcome.of("demo", "--verify", "--store", store)
            .failed(1, "does not fit", "--store heap:1M");
    assertEquals("", outcome.out());
    assertEquals(
        "", Outcome.of("demo", "--json", "--store", store).failed(1, "does not fit").out());
  }

  @Test
  void aDifferenceIsAFailure() {
    Outcome outcome = Outcome.of("demo", "--store", "broken:misspells", "--ram", "256", "--verify");
    outcome.failed(1, "the counts differ");
    assertFalse(outcome.out().contains("verified"));
    Outcome json =
        Outcome.of("demo", "--store", "broken:misspells", "--ram", "256", "--verify", "--json");
    assertFalse(json.failed(1, "the counts differ").json().get("verified").getAsBoolean());
  }

  @Test
  void aStoreThatFailsIsAFailure() {
    Outcome outcome = Outcome.of("demo", "--store", "broken:fails");
    assertEquals("", outcome.failed(1, "virtmem demo: ").out());
  }

  @Test
  void wrongUsageSaysWhatIsAllowed() {
    Outcome.of("demo", "--store", "floppy:0").failed(2, "heap:SIZE", "sim:PART", "spi:BUS.CHANNEL");
    Outcome.of("demo", "--store", "sim:23LC1024?speed=1").failed(2, "speed", "hz");
    Outcome.of("demo", "--ram", "5X").failed(2, "--ram", "5X");
    Outcome.of("demo", "--ram", "100").failed(2, "128");
    Outcome.of("demo", "--frames", "0").failed(2, "frames", "got 0");
    Outcome.of("demo", "--page-size", "100").failed(2, "power of two", "100");
    Outcome.of("demo", "--page-size", "9G").failed(2, "power of two");
    Outcome.of("demo", "--policy", "RANDOM").failed(2, "RANDOM", "SIEVE");
    Outcome.of("demo", "--top", "-1").failed(2, "--top");
    Outcome.of("demo", folder.toString()).failed(2, "directory");
    Outcome.of("demo", folder.resolve("none").toString()).failed(2, "no file");
  }
}
