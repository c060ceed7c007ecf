package dev.virtmem.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PageReplayTest {
  @TempDir private Path folder;

  @Test
  void countsMissesOfTheTextbooksExample() throws IOException {
    // The reference string by which Belady's anomaly is shown: more frames, more misses.
    var replay = replay("1\n2\n3\n4\n1\n2\n5\n1\n2\n3\n4\n5\n");
    assertEquals(new PageReplay.Result(12, 9, 0), replay.run("FIFO", 3));
    assertEquals(new PageReplay.Result(12, 10, 0), replay.run("FIFO", 4));
    assertEquals(new PageReplay.Result(12, 10, 0), replay.run("LRU", 3));
    assertEquals(new PageReplay.Result(12, 8, 0), replay.run("LRU", 4));
  }

  @Test
  void aWriteMissesAsAReadDoesAndNeighboursAreWrittenBackOneByOne() throws IOException {
    var replay = replay("w 0\nw 1\nr 0\nr 2\nr 3\nw 4\n");
    assertEquals(new PageReplay.Result(6, 5, 2), replay.run("FIFO", 2));
  }

  @Test
  void prefersCleanVictimsIfToldSo() throws IOException {
    var replay = replay("w 0\nr 1\nr 2\nr 0\n");
    assertEquals(new PageReplay.Result(4, 4, 1), replay.run("FIFO", 2));
    assertEquals(new PageReplay.Result(4, 3, 0), replay.run("FIFO-CLEAN5", 2));
  }

  @Test
  void takesTheLargestBlockNumber() throws IOException {
    assertEquals(
        new PageReplay.Result(2, 1, 0), replay("17592186044415\n".repeat(2)).run("LRU", 1));
  }

  @Test
  void refusesATraceOfAddresses() {
    var e = assertThrows(IllegalArgumentException.class, () -> replay("L 0,1\n"));
    assertTrue(e.getMessage().contains("has addresses"), e.getMessage());
  }

  @Test
  void refusesAnUnknownPolicy() throws IOException {
    var replay = replay("1\n");
    var e = assertThrows(IllegalArgumentException.class, () -> replay.run("MAGIC", 4));
    assertTrue(e.getMessage().contains("'MAGIC'"), e.getMessage());
  }

  private PageReplay replay(String text) throws IOException {
    return new PageReplay(Trace.open(Files.writeString(folder.resolve("trace"), text)));
  }
}
