package dev.virtmem.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.ArrayMemory;
import dev.virtmem.Memory;
import dev.virtmem.MemoryFunctions;
import dev.virtmem.Pointer;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.HeapStore;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TracePlayerTest {
  private static final int POOL = 20_000;

  /** Virtual memory must give and keep the same bytes as an array, of which it sees but a part. */
  @ParameterizedTest
  @ValueSource(ints = {0, 64, 512})
  void playsTheSameOnAnyMemory(int blockSize) {
    var array = new ArrayMemory(new byte[POOL]);
    try (var memory = VirtualMemory.builder(new HeapStore(POOL)).ram(1024).open()) {
      var player = new TracePlayer(memory, blockSize);
      var model = new TracePlayer(array, blockSize);
      play(player, blockSize);
      play(model, blockSize);
      assertEquals(model.checksum(), player.checksum());
      assertTrue(memory.statistics().faults() > 1000, "all of it fitted");
      assertEquals(-1, MemoryFunctions.mismatch(at16(memory), at16(array), memory.end() - 16));
    }
  }

  private static void play(TracePlayer player, int blockSize) {
    var random = new Random(7);
    for (int i = 0; i < 20_000; i++) {
      boolean write = random.nextBoolean();
      if (blockSize == 0) {
        player.access(write, random.nextInt(POOL - 64), 1 + random.nextInt(40));
      } else {
        player.access(write, random.nextInt(POOL / blockSize - 1), 1);
      }
    }
  }

  private static Pointer at16(Memory memory) {
    return new Pointer(memory, 16);
  }

  @Test
  void movesAddressesUpAndTakesBlocksAsAWhole() {
    var bytes = new ArrayMemory(new byte[POOL]);
    new TracePlayer(bytes, 0).access(true, 100, 1);
    assertNotEquals(0, bytes.getByte(116));

    var blocks = new ArrayMemory(new byte[POOL]);
    new TracePlayer(blocks, 512).access(true, 2, 1);
    assertEquals(0, blocks.getByte(1535));
    assertNotEquals(0, blocks.getByte(1536));
    assertNotEquals(0, blocks.getByte(2047));
    assertEquals(0, blocks.getByte(2048));
  }

  @Test
  void theChecksumDependsOnWhatIsReadAndWhen() {
    assertNotEquals(checksum(100, 200), checksum(200, 100));
    assertNotEquals(checksum(100, 100), checksum(100, 200));
  }

  private static long checksum(long... reads) {
    var player = new TracePlayer(new ArrayMemory(new byte[POOL]), 0);
    player.access(true, 100, 8);
    player.access(true, 200, 8);
    for (long at : reads) {
      player.access(false, at, 8);
    }
    return player.checksum();
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 8, 65_537})
  void refusesOtherBlockSizes(int size) {
    var memory = new ArrayMemory(new byte[POOL]);
    var e = assertThrows(IllegalArgumentException.class, () -> new TracePlayer(memory, size));
    assertTrue(e.getMessage().endsWith("got " + size), e.getMessage());
  }
}
