package dev.virtmem.bench.speed;

import dev.virtmem.Pointer;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.HeapStore;
import java.util.Random;

/**
 * A number of blocks of 16 to 256 bytes in a pool that is twice as large, in 4 frames of 1 KiB; one
 * at random is freed and another one allocated, again and again.
 */
final class LiveBlocks implements AutoCloseable {
  /** Pairs after which the heap is as fragmented as it gets. */
  static final int WARM_UP = 20_000;

  private static final int SMALLEST = 16;
  private static final int LARGEST = 256;
  private static final int HEADER = 8;

  private final Random random = new Random(1);
  private final CountingStore store;
  private final VirtualMemory memory;
  private final Pointer[] blocks;

  LiveBlocks(int count) {
    int mean = (SMALLEST + LARGEST) / 2 + HEADER;
    store = new CountingStore(new HeapStore(2L * count * mean + 4096));
    memory = VirtualMemory.builder(store).frames(4).pageSize(1024).lockBuffers().open();
    blocks = new Pointer[count];
    for (int i = 0; i < count; i++) {
      blocks[i] = memory.allocate(randomSize());
    }
    for (int i = 0; i < WARM_UP; i++) {
      replaceOne();
    }
  }

  private int randomSize() {
    return SMALLEST + random.nextInt(LARGEST - SMALLEST + 1);
  }

  /** Frees a block and allocates another one. */
  void replaceOne() {
    int i = random.nextInt(blocks.length);
    memory.free(blocks[i]);
    blocks[i] = memory.allocate(randomSize());
  }

  /** Returns the reads of the store so far. */
  long reads() {
    return store.traffic().reads();
  }

  @Override
  public void close() {
    memory.check();
    memory.close();
  }
}
