package dev.virtmem.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.VirtualMemoryBuilder;
import dev.virtmem.store.Traffic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TraceReplayTest {
  @TempDir private Path folder;

  /** Two frames of 64 bytes that read whole pages and no more. */
  private static void small(VirtualMemoryBuilder builder) {
    builder.frames(2).pageSize(64).fetch(64, 64).policy("FIFO");
  }

  @Test
  void countsWhatMovesAndWhatItCosts() throws IOException {
    // Addresses of the memory are 16 more: pages 1, 16 and 33, of which the first is written.
    var replay = replay("S 30,8\nL 3f0,8\nL 830,1\nL 830,4\n");
    ReplayResult result = replay.run(CostModels.SPI, TraceReplayTest::small);
    assertEquals(4, result.accesses());
    assertEquals(3, result.misses());
    assertEquals(1, result.writeBacks());
    assertEquals(new Traffic(2, 1, 128, 8), result.traffic());
    assertEquals(3 * 16.6e-6 + 136 * 0.4e-6, result.seconds(), 1e-12);
    assertEquals(2, result.frames());
    assertEquals(64, result.pageSize());
  }

  @Test
  void writesBackWhatIsDirtyAtTheEnd() throws IOException {
    var result = replay("S 100,4\n").run(CostModels.CARD, TraceReplayTest::small);
    assertEquals(new Traffic(0, 1, 0, 4), result.traffic());
    assertEquals(1.5512e-3, result.seconds(), 1e-12);
  }

  @Test
  void takesBlocksAsPagesOfTheMemory() throws IOException {
    var result = replay("r 0\nr 5\nr 0\nw 9\n").run(CostModels.SERIAL, TraceReplayTest::small);
    assertEquals(3, result.misses());
    assertEquals(new Traffic(2, 1, 128, 64), result.traffic());
  }

  @Test
  void leavesTheGeometryToTheBudget() throws IOException {
    var result = replay("L 0,1\n").run(CostModels.SPI, builder -> builder.ram(5376));
    assertTrue(result.frames() * result.pageSize() <= 5376, result.toString());
    assertTrue(result.frames() * result.pageSize() > 2688, result.toString());
  }

  @Test
  void playsAddressesOfAWholeAddressSpace() throws IOException {
    var result =
        replay("S ffffffffffff,4\nL ffffffffffff,4\n").run(CostModels.SPI, TraceReplayTest::small);
    assertEquals(4, result.traffic().bytesWritten());
  }

  @Test
  void saysWhatIsWrongWithTheSettings() throws IOException {
    var replay = replay("1\n");
    assertThrows(
        IllegalArgumentException.class,
        () -> replay.run(CostModels.SPI, builder -> builder.pageSize(100)));
  }

  private TraceReplay replay(String text) throws IOException {
    return new TraceReplay(Trace.open(Files.writeString(folder.resolve("trace"), text)));
  }
}
