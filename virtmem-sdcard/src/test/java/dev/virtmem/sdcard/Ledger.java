package dev.virtmem.sdcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virtmem.PersistentPool;
import dev.virtmem.Pointer;
import java.lang.foreign.MemorySegment;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;

/** A program that allocates, writes and frees blocks of a pool, and knows what each must hold. */
final class Ledger {
  private final PersistentPool pool;
  private final Random random;

  /** Contents by address; an array is never changed, so a copy of the map is a snapshot. */
  private final NavigableMap<Long, byte[]> blocks;

  Ledger(PersistentPool pool, NavigableMap<Long, byte[]> blocks, Random random) {
    this.pool = pool;
    this.blocks = new TreeMap<>(blocks);
    this.random = random;
  }

  int size() {
    return blocks.size();
  }

  void allocate(int most) {
    byte[] bytes = new byte[1 + random.nextInt(most)];
    random.nextBytes(bytes);
    long address = pool.memory().allocate(bytes.length).address();
    pool.memory().write(address, MemorySegment.ofArray(bytes));
    blocks.put(address, bytes);
  }

  void update() {
    long address = pick();
    byte[] bytes = blocks.get(address).clone();
    int from = random.nextInt(bytes.length);
    byte[] part = new byte[1 + random.nextInt(bytes.length - from)];
    random.nextBytes(part);
    System.arraycopy(part, 0, bytes, from, part.length);
    pool.memory().write(address + from, MemorySegment.ofArray(part));
    blocks.put(address, bytes);
  }

  void free() {
    long address = pick();
    pool.memory().free(new Pointer(pool.memory(), address));
    blocks.remove(address);
  }

  private long pick() {
    return blocks.ceilingKey(random.nextLong(blocks.lastKey() + 1));
  }

  /** Sets the root to the last block and returns what a commit makes durable now. */
  NavigableMap<Long, byte[]> prepare() {
    pool.setRoot(0, new Pointer(pool.memory(), last(blocks)));
    return new TreeMap<>(blocks);
  }

  private static long last(NavigableMap<Long, byte[]> blocks) {
    return blocks.isEmpty() ? 0 : blocks.lastKey();
  }

  /** Verifies that a pool holds some blocks and no other, and that its heap is in order. */
  static void verify(PersistentPool pool, NavigableMap<Long, byte[]> expected) {
    pool.memory().check();
    int used = 0;
    for (var block : pool.memory().blocks()) {
      used += block.used() ? 1 : 0;
    }
    assertEquals(expected.size(), used, "blocks");
    expected.forEach(
        (address, bytes) -> {
          byte[] found = new byte[bytes.length];
          pool.memory().read(address, MemorySegment.ofArray(found));
          assertArrayEquals(bytes, found, "block at " + address);
        });
    assertEquals(last(expected), pool.root(0).address(), "root");
  }
}
