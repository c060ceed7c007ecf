package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Replays to our host what devices of the C++ library have sent, and compares every byte. */
class RecordedDeviceTest {
  private static final String RECORDINGS = "recorded-device.txt";
  private static final HexFormat HEX = HexFormat.of().withUpperCase();

  private record Recording(String name, List<String> lines) {}

  @TestFactory
  Stream<DynamicTest> recordings() throws IOException {
    List<Recording> recordings = read();
    assertEquals(10, recordings.size());
    return recordings.stream()
        .flatMap(r -> ReplayedDevice.tests(r.name, device -> new Exchange(device).run(r.lines)));
  }

  private static List<Recording> read() throws IOException {
    var recordings = new ArrayList<Recording>();
    try (InputStream in = RecordedDeviceTest.class.getResourceAsStream(RECORDINGS)) {
      String all = new String(in.readAllBytes(), StandardCharsets.US_ASCII);
      for (String line : all.lines().filter(l -> !l.isEmpty() && !l.startsWith("#")).toList()) {
        if (line.startsWith("= ")) {
          recordings.add(new Recording(line.substring(2), new ArrayList<>()));
        } else {
          recordings.getLast().lines.add(line);
        }
      }
    }
    return recordings;
  }

  private static final class Exchange {
    private final ReplayedDevice device;
    private final ByteArrayOutputStream sent = new ByteArrayOutputStream();
    private final ByteArrayOutputStream recorded = new ByteArrayOutputStream();
    private final ByteArrayOutputStream recordedText = new ByteArrayOutputStream();

    Exchange(ReplayedDevice device) {
      this.device = device;
    }

    void run(List<String> lines) throws IOException {
      for (String line : lines) {
        String rest = line.substring(2);
        if (line.charAt(0) != '>') {
          send();
        }
        switch (line.charAt(0)) {
          case '>' -> sent.writeBytes(HEX.parseHex(rest));
          case '<' -> expect(HEX.parseHex(rest));
          case '$' -> type(HEX.parseHex(rest));
          case '@' -> device.pause(Long.parseLong(rest));
          case '%' -> recordedText.writeBytes(HEX.parseHex(rest));
          default -> throw new IllegalArgumentException(line);
        }
      }
      send();
      assertEquals(hex(recorded), hex(device.answers));
      assertEquals(hex(recordedText), hex(device.text));
      String verdict = recordedText.toString(StandardCharsets.ISO_8859_1);
      assertTrue(verdict.contains("wrong 0\r\nend\r\n"), verdict);
    }

    private void send() throws IOException {
      device.send(sent.toByteArray());
      sent.reset();
    }

    /** An answer may come sooner than in the recording, but not later. */
    private void expect(byte[] answer) {
      recorded.writeBytes(answer);
      String all = hex(recorded);
      String ours = hex(device.answers);
      assertEquals(all, ours.substring(0, Math.min(all.length(), ours.length())));
    }

    private void type(byte[] line) {
      assertEquals(line.length, device.host.type(line, 0, line.length));
    }

    private static String hex(ByteArrayOutputStream bytes) {
      return HEX.formatHex(bytes.toByteArray());
    }
  }
}
