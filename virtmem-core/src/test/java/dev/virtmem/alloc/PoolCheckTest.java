package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.CorruptPoolException;
import org.junit.jupiter.api.Test;

/** Pools with valid headers that contradict each other. */
class PoolCheckTest {
  private final BlockManager blocks =
      new BlockManager(
          new ArrayPool(0, 1024), new PoolLayout(0, 1024, 256, 0), new Usage(0, 0, 0, 0));

  private void assertFound(String fault) {
    CorruptPoolException e =
        assertThrows(CorruptPoolException.class, () -> new PoolCheck(blocks).count());
    assertTrue(e.getMessage().contains(fault), e.getMessage());
  }

  @Test
  void freeNeighbours() {
    blocks.headers().writeNew(0, 64);
    blocks.headers().writeFooter(64, 64);
    blocks.headers().writeNew(64, 960 | BlockHeaders.PREVIOUS_FREE);
    assertFound("free blocks at 0 and 64");
  }

  @Test
  void flagsThatContradictTheBlockBefore() {
    blocks.headers().writeNew(0, 64);
    blocks.headers().writeFooter(64, 64);
    blocks.headers().writeNew(64, 960 | BlockHeaders.USED);
    assertFound("block at 64");
    blocks.headers().writeNew(0, 64 | BlockHeaders.USED);
    blocks.headers().writeNew(64, 960 | BlockHeaders.USED | BlockHeaders.PREVIOUS_FREE);
    assertFound("block at 64");
  }

  @Test
  void aFooterBeforeAUsedBlocksEnd() {
    blocks.headers().writeNew(0, 64 | BlockHeaders.USED);
    blocks.headers().writeFooter(64, 64);
    assertThrows(CorruptPoolException.class, () -> blocks.headers().startOfFree(64));
  }

  @Test
  void countsWhatItFinds() {
    blocks.headers().writeNew(0, 64 | BlockHeaders.USED);
    blocks.headers().writeNew(64, 960);
    assertEquals(new Usage(64, 64, 1, 1), new PoolCheck(blocks).count());
  }
}
