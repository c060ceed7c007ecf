package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays the exchanges that come with the document, byte for byte. */
class VectorsTest {
  private static final Path VECTORS = Path.of("../docs/serial-vectors.txt");
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();

  @TestFactory
  List<DynamicTest> exchanges() throws IOException {
    var tests = new ArrayList<DynamicTest>();
    var lines = new ArrayList<String>();
    String name = null;
    for (String line : Files.readAllLines(VECTORS)) {
      if (line.startsWith("= ")) {
        addTests(tests, name, lines);
        name = line.substring(2);
        lines = new ArrayList<>();
      } else if (name != null && !line.isBlank() && !line.startsWith("#")) {
        lines.add(line);
      }
    }
    addTests(tests, name, lines);
    return tests;
  }

  private static void addTests(List<DynamicTest> tests, String name, List<String> lines) {
    if (name != null) {
      ReplayedDevice.tests(name, device -> new Exchange(device).run(lines)).forEach(tests::add);
    }
  }

  @Test
  void bothProtocolsAreCovered() throws IOException {
    List<String> names =
        Files.readAllLines(VECTORS).stream().filter(line -> line.startsWith("= ")).toList();
    assertTrue(names.stream().filter(name -> name.contains("plain:")).count() >= 9);
    assertTrue(names.stream().filter(name -> name.contains("checked:")).count() >= 10);
  }

  private static final class Exchange {
    private final ReplayedDevice device;
    private String expected = "";
    private String expectedText = "";

    Exchange(ReplayedDevice device) {
      this.device = device;
    }

    void run(List<String> lines) throws IOException {
      for (String line : lines) {
        byte[] bytes = "@~".indexOf(line.charAt(0)) < 0 ? HEX.parseHex(line.substring(2)) : null;
        switch (line.charAt(0)) {
          case '>' -> {
            check(line);
            device.send(bytes);
          }
          case '<' -> expected = line.substring(2);
          case '%' -> expectedText = line.substring(2);
          case '$' -> assertEquals(bytes.length, device.host.type(bytes, 0, bytes.length));
          case '@' -> device.pause(Long.parseLong(line.substring(2)));
          case '~' -> device.host.lineLost();
          default -> throw new IllegalArgumentException(line);
        }
      }
      check("the end");
    }

    private void check(String before) {
      assertEquals(
          expected, HEX.formatHex(device.answers.toByteArray()), "answer before " + before);
      assertEquals(expectedText, HEX.formatHex(device.text.toByteArray()), "text before " + before);
      device.answers.reset();
      device.text.reset();
      expected = "";
      expectedText = "";
    }
  }
}
