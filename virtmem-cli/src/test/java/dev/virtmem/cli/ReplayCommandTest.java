package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.gson.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReplayCommandTest {
  @TempDir Path folder;
  private Path trace;

  @BeforeEach
  void name() {
    trace = folder.resolve("trace");
  }

  private String trace(String... lines) throws IOException {
    return Files.write(trace, List.of(lines)).toString();
  }

  @Test
  void pagesAreCountedAsAnyTextbookDoes() throws IOException {
    // LRU with 2 frames: 1 and 2 miss, 1 hits, 3 takes the place of 2 (dirty), 2 that of 1.
    String file = trace("r 1", "w 2", "r 1", "w 3", "r 2");
    String[] arguments = {"replay", file, "--pages", "--frames", "2", "--policy", "lru"};
    var withJson = Arrays.copyOf(arguments, arguments.length + 1);
    withJson[arguments.length] = "--json";
    JsonObject json = Outcome.of(withJson).succeeded().json();
    assertEquals(4, json.get("misses").getAsLong());
    assertEquals(1, json.get("writeBacks").getAsLong());
    String text = Outcome.of(arguments).succeeded().out();
    assertTrue(text.contains("LRU with 2 frames"), text);
    assertTrue(text.matches("(?s).*Misses +4 +80\\.00 %.*"), text);
  }

  @Test
  void accessesAreModelledOnThreeDevices() throws IOException {
    String file = trace("S 1000,4", "L 1000,4", "L 2000,8");
    JsonObject json = Outcome.of("replay", file, "--json").succeeded().json();
    assertEquals(3, json.get("accesses").getAsLong());
    for (String model : new String[] {"spi", "serial", "card"}) {
      JsonObject figures = json.getAsJsonObject(model);
      assertTrue(figures.get("frames").getAsInt() > 0);
      assertTrue(figures.get("pageSize").getAsInt() > 0);
      assertEquals(4, figures.get("bytesWritten").getAsLong(), model);
      assertEquals(1, figures.get("writeTransfers").getAsLong(), model);
      assertEquals(1, figures.get("readTransfers").getAsLong(), model);
      assertTrue(figures.get("bytesRead").getAsLong() >= 8, model);
    }
    JsonObject spi = json.getAsJsonObject("spi");
    double expected = 2 * 16.6e-6 + (4 + spi.get("bytesRead").getAsLong()) * 0.4e-6;
    assertEquals(expected, spi.get("seconds").getAsDouble(), 1e-9);
    String text = Outcome.of("replay", file).succeeded().out();
    assertTrue(text.contains("3 accesses"), text);
    assertTrue(text.matches("(?s).*spi +serial +card.*"), text);
    assertEquals(0, text.lines().skip(1).filter(line -> line.length() > 80).count(), text);
  }

  @Test
  void framesAndPageSizeAreTakenAsGiven() throws IOException {
    String[] arguments = {
      "replay", trace("L 0,4"), "--json", "--frames", "3", "--page-size", "256", "--policy", "clock"
    };
    JsonObject card = Outcome.of(arguments).succeeded().json().getAsJsonObject("card");
    assertEquals(3, card.get("frames").getAsInt());
    assertEquals(256, card.get("pageSize").getAsInt());
  }

  @Test
  void wrongUsageAndWrongTracesAreRefused() throws IOException {
    Outcome.of("replay", trace.toString()).failed(2, "there is no file");
    String pages = trace("r 1");
    Outcome.of("replay", pages, "--pages").failed(2, "--frames");
    Outcome.of("replay", pages, "--pages", "--frames", "2", "--ram", "5K").failed(2, "--ram");
    Outcome.of("replay", pages, "--pages", "--frames", "0").failed(2, "got 0");
    Outcome.of("replay", pages, "--policy", "best").failed(2, "'best'", "SIEVE");
    Outcome.of("replay", pages, "--ram", "1").failed(2, "128");
    Outcome.of("replay", trace("r 1", "x")).failed(1, ":2:", "'x'");
    Outcome.of("replay", trace("L 10,4"), "--pages", "--frames", "2").failed(2, "addresses");
    Outcome.of("replay", trace("")).failed(1, "empty");
  }
}
