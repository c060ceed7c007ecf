package dev.virtmem.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TraceTest {
  @TempDir private Path folder;

  @Test
  void readsBlockNumbers() throws IOException {
    Trace trace = Trace.open(file("0\n17\n0\n"));
    assertEquals(TraceFormat.BLOCKS, trace.format());
    assertTrue(trace.format().isPaged());
    assertEquals(List.of("r 0 1", "r 17 1", "r 0 1"), accesses(trace));
  }

  @Test
  void readsPageAccesses() throws IOException {
    Trace trace = Trace.open(file("w 3\nr 12345678901\n"));
    assertEquals(TraceFormat.PAGES, trace.format());
    assertEquals(List.of("w 3 1", "r 12345678901 1"), accesses(trace));
  }

  @Test
  void readsLoadsAndStores() throws IOException {
    Trace trace = Trace.open(file("S 6e8,8\nL 1ffeffe7e,16\n"));
    assertEquals(TraceFormat.MEMORY, trace.format());
    assertFalse(trace.format().isPaged());
    assertEquals(List.of("w 1768 8", "r 8588885630 16"), accesses(trace));
  }

  @Test
  void canBeReadTwiceAndCounts() throws IOException {
    Trace trace = Trace.open(file("1\n2\n"));
    assertEquals(2, trace.forEach((write, at, size) -> {}));
    assertEquals(List.of("r 1 1", "r 2 1"), accesses(trace));
  }

  @Test
  void readsCompressedFilesWhateverTheirName() throws IOException {
    Path file = folder.resolve("trace.txt");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("r 1\nw 2\n".getBytes(StandardCharsets.US_ASCII));
    }
    assertEquals(List.of("r 1 1", "w 2 1"), accesses(Trace.open(file)));
  }

  @Test
  void passesOverEmptyLinesAndLineEndsOfAnySystem() throws IOException {
    assertEquals(List.of("r 1 1", "w 2 1"), accesses(Trace.open(file("\nr 1\r\n\r\n w 2 \n"))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "x",
        "r",
        "r ",
        "r -1",
        "-1",
        "r 1 2",
        "L 10",
        "L 10,",
        "L 10,0",
        "L 10,65537",
        "L xyz,1",
        "L ,1",
        "m 1",
        "17592186044416",
        "L 1000000000000,1"
      })
  void refusesAFirstLineOfNoFormat(String line) throws IOException {
    Path file = file(line + "\n");
    var e = assertThrows(TraceFormatException.class, () -> Trace.open(file));
    assertTrue(e.getMessage().startsWith(file + ":1: '" + line + "' is not"), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(strings = {"1", "L 10,4", "r", "w 1x"})
  void namesTheLineThatItCannotRead(String line) throws IOException {
    Path file = file("r 1\n\nw 2\n" + line + "\n");
    Trace trace = Trace.open(file);
    var e = assertThrows(TraceFormatException.class, () -> accesses(trace));
    assertEquals(
        file + ":4: '" + line + "' is not 'r N' or 'w N' with a page number N", e.getMessage());
  }

  @Test
  void shortensALineThatIsNoText() throws IOException {
    Path file = file("z".repeat(100_000));
    var e = assertThrows(TraceFormatException.class, () -> Trace.open(file));
    assertTrue(e.getMessage().length() < 500, e.getMessage());
  }

  @Test
  void refusesAnEmptyTrace() throws IOException {
    Path file = file("\n\n");
    var e = assertThrows(TraceFormatException.class, () -> Trace.open(file));
    assertEquals(file + ": the trace is empty", e.getMessage());
  }

  @Test
  void refusesAFileThatIsNotThere() {
    assertThrows(NoSuchFileException.class, () -> Trace.open(folder.resolve("none")));
  }

  private Path file(String text) throws IOException {
    return Files.writeString(folder.resolve("trace"), text);
  }

  private static List<String> accesses(Trace trace) throws IOException {
    var list = new ArrayList<String>();
    trace.forEach((write, at, size) -> list.add((write ? "w " : "r ") + at + " " + size));
    return list;
  }
}
