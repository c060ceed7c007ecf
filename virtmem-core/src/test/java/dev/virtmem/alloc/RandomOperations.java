package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PoolExhaustedException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;

/** Random operations on an allocator, with a model of what is in use and what is in it. */
final class RandomOperations {
  private final ArrayPool pool;
  private final long base;
  private final Random random;
  private final int largest;
  private final TreeMap<Long, byte[]> live = new TreeMap<>();
  private Allocator allocator;

  RandomOperations(ArrayPool pool, long base, Allocator allocator, int largest, long seed) {
    this.pool = pool;
    this.base = base;
    this.allocator = allocator;
    this.largest = largest;
    this.random = new Random(seed);
  }

  /** Goes on with another allocator of the same pool. */
  void use(Allocator next) {
    allocator = next;
  }

  int live() {
    return live.size();
  }

  /** An operation that was chosen; it may be tried again until it succeeds. */
  interface Operation {
    void run();
  }

  /** Chooses an operation; its choice does not change when it is run twice. */
  Operation next(double allocations) {
    double dice = random.nextDouble();
    int bytes = (int) Math.exp(random.nextDouble() * Math.log(largest));
    byte[] content = new byte[bytes];
    random.nextBytes(content);
    if (live.isEmpty() || dice < allocations) {
      return () -> allocate(content);
    }
    long key = (long) (random.nextDouble() * pool.bytes.length) + base;
    long victim = live.ceilingKey(key) == null ? live.firstKey() : live.ceilingKey(key);
    return dice < allocations + 0.1 ? () -> grow(victim, content) : () -> free(victim);
  }

  Operation freeAny() {
    long victim = new ArrayList<>(live.keySet()).get(random.nextInt(live.size()));
    return () -> free(victim);
  }

  private void allocate(byte[] content) {
    long address;
    try {
      address = allocator.allocate(content.length);
    } catch (PoolExhaustedException e) {
      List<Block> blocks = AllocatorTest.blocks(allocator);
      long free = blocks.stream().filter(b -> !b.used()).mapToLong(Block::size).max().orElse(0);
      assertTrue(free < BlockManager.blockSize(Math.max(1, content.length)), e.getMessage());
      assertTrue(free - 4 <= e.largestFree() || e.largestFree() == -1, e.getMessage());
      return;
    }
    put(address, content);
  }

  private void grow(long address, byte[] content) {
    if (allocator.grow(address, content.length)) {
      verify(address, live.get(address));
      put(address, content);
    }
  }

  private void free(long address) {
    allocator.free(address);
    live.remove(address);
  }

  private void put(long address, byte[] content) {
    live.put(address, content);
    int index = (int) (address - base);
    System.arraycopy(content, 0, pool.bytes, index, content.length);
  }

  private void verify(long address, byte[] content) {
    int index = (int) (address - base);
    byte[] found = Arrays.copyOfRange(pool.bytes, index, index + content.length);
    assertArrayEquals(content, found, "block at " + address);
  }

  /** All live blocks hold what was put into them. */
  void verifyContents() {
    live.forEach(this::verify);
  }

  /** The allocator agrees with the model. */
  void verifyAll() {
    verifyContents();
    allocator.check();
    List<Long> used = new ArrayList<>();
    long sum = 0;
    for (Block block : allocator.walk()) {
      if (block.used()) {
        used.add(block.address());
        sum += block.size();
        long room = block.start() + block.size() - block.address();
        assertTrue(live.getOrDefault(block.address(), new byte[0]).length <= room);
      }
    }
    assertEquals(new ArrayList<>(live.keySet()), used);
    assertEquals(sum, allocator.used());
  }
}
