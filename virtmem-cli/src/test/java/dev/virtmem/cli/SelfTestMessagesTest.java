package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The table in the documentation says what the command prints. */
class SelfTestMessagesTest {
  private static final Path DOCUMENT = Path.of("..", "docs", "selftest-messages.md");

  static Stream<String[]> rows() throws IOException {
    return Files.readAllLines(DOCUMENT).stream()
        .filter(line -> line.startsWith("| ") && line.contains("`"))
        .map(line -> line.split(" \\| |^\\| | \\|$"))
        .map(cells -> new String[] {cells[2].replace("`", ""), cells[3]});
  }

  @ParameterizedTest
  @MethodSource("rows")
  void eachRowIsWhatIsPrinted(String uri, String text) {
    Outcome outcome = Outcome.of("selftest", "--store", uri, "--json");
    JsonObject json = outcome.json();
    String verdict = json.get("verdict").getAsString();
    assertTrue(pattern(text).matcher(verdict).matches(), verdict);
    assertEquals(json.get("passed").getAsBoolean() ? 0 : 1, outcome.code());
    assertTrue(json.get("passed").getAsBoolean() || !json.getAsJsonArray("advice").isEmpty());
  }

  /** Returns what a text stands for: N is a number, and three dots are anything. */
  private static Pattern pattern(String text) {
    return Pattern.compile(
        Pattern.quote(text)
            .replaceAll("\\bN\\b", "\\\\E[\\\\d,]+\\\\Q")
            .replace("...", "\\E.+\\Q"));
  }

  @Test
  void thereIsATable() throws IOException {
    assertTrue(rows().count() >= 10);
  }
}
