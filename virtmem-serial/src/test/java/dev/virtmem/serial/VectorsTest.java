package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Replays the exchanges that come with the document, byte for byte. */
class VectorsTest {
  private static final Path VECTORS = Path.of("../docs/serial-vectors.txt");
  private static final HexFormat HEX = HexFormat.ofDelimiter(" ").withUpperCase();
  private static final long MILLI = 1_000_000;

  /** How the device's bytes are cut before they reach the host. */
  private static final int[] CUTS = {Integer.MAX_VALUE, 1, 2, 7};

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
    for (int cut : CUTS) {
      if (name != null) {
        String title = cut == Integer.MAX_VALUE ? name : name + " (by " + cut + ")";
        tests.add(DynamicTest.dynamicTest(title, () -> new Replay(cut).run(lines)));
      }
    }
  }

  @Test
  void bothProtocolsAreCovered() throws IOException {
    List<String> names =
        Files.readAllLines(VECTORS).stream().filter(line -> line.startsWith("= ")).toList();
    assertTrue(names.stream().filter(name -> name.contains("plain:")).count() >= 9);
    assertTrue(names.stream().filter(name -> name.contains("checked:")).count() >= 10);
  }

  private static final class Replay implements HostListener {
    private final int cut;
    private final ByteArrayOutputStream answers = new ByteArrayOutputStream();
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();
    private final Iterator<Long> ids = List.of(0x0123456789ABCDEFL, 0xFEDCBA9876543210L).iterator();
    private final HostSession host =
        new HostSession(PoolLender.heap(65_536, 65_536), this, ids::next);
    private long now = 5 * MILLI;
    private String expected = "";
    private String expectedText = "";

    Replay(int cut) {
      this.cut = cut;
    }

    @Override
    public void text(byte[] bytes, int from, int length) {
      text.write(bytes, from, length);
    }

    void run(List<String> lines) throws IOException {
      for (String line : lines) {
        byte[] bytes = "@~".indexOf(line.charAt(0)) < 0 ? HEX.parseHex(line.substring(2)) : null;
        switch (line.charAt(0)) {
          case '>' -> {
            check(line);
            send(bytes);
          }
          case '<' -> expected = line.substring(2);
          case '%' -> expectedText = line.substring(2);
          case '$' -> assertEquals(bytes.length, host.type(bytes, 0, bytes.length));
          case '@' -> now += Long.parseLong(line.substring(2)) * MILLI;
          case '~' -> host.lineLost();
          default -> throw new IllegalArgumentException(line);
        }
      }
      check("the end");
    }

    private void send(byte[] bytes) throws IOException {
      for (int at = 0; at < bytes.length; ) {
        int count = Math.min(cut, bytes.length - at);
        host.receive(bytes, at, count, now, answers::write);
        at += count;
      }
    }

    private void check(String before) {
      assertEquals(expected, HEX.formatHex(answers.toByteArray()), "answer before " + before);
      assertEquals(expectedText, HEX.formatHex(text.toByteArray()), "text before " + before);
      answers.reset();
      text.reset();
      expected = "";
      expectedText = "";
    }
  }
}
