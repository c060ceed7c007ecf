package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.HeapStore;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ThreadTest {
  private static final int THREADS = 4;

  record Pair(int a, int b) {}

  private static VirtualMemoryBuilder builder() {
    return VirtualMemory.builder(new HeapStore(64 * 1024));
  }

  /** Runs in another thread and returns what was thrown, or null. */
  private static Throwable elsewhere(Runnable action) throws InterruptedException {
    var thrown = new Throwable[1];
    var thread =
        new Thread(
            () -> {
              try {
                action.run();
              } catch (RuntimeException | Error e) {
                thrown[0] = e;
              }
            },
            "elsewhere");
    thread.start();
    thread.join();
    return thrown[0];
  }

  private static Map<String, Runnable> uses(VirtualMemory memory, IntPointer block, PageLock lock) {
    long address = block.address();
    var segment = MemorySegment.ofArray(new byte[10]);
    Map<String, Runnable> uses = new LinkedHashMap<>();
    uses.put("getByte", () -> memory.getByte(address));
    uses.put("getShort", () -> memory.getShort(address));
    uses.put("getInt", () -> memory.getInt(address));
    uses.put("getLong", () -> memory.getLong(address));
    uses.put("setByte", () -> memory.setByte(address, (byte) 1));
    uses.put("setShort", () -> memory.setShort(address, (short) 1));
    uses.put("setInt", () -> memory.setInt(address, 1));
    uses.put("setLong", () -> memory.setLong(address, 1));
    uses.put("read", () -> memory.read(address, segment));
    uses.put("write", () -> memory.write(address, segment));
    uses.put("fill", () -> memory.fill(address, 10, (byte) 1));
    uses.put("copy", () -> memory.copy(address, address + 20, 10));
    uses.put("allocate", () -> memory.allocate(10));
    uses.put("allocateInts", () -> memory.allocateInts(10));
    uses.put("allocate record", () -> memory.allocate(new Pair(1, 2)));
    uses.put("free", () -> memory.free(block));
    uses.put("lock", () -> memory.lock(block, 10));
    uses.put("lockForReading", () -> memory.lockForReading(block, 10));
    uses.put("forEachLock", () -> memory.forEachLock(block, 10, each -> {}));
    uses.put("flush", memory::flush);
    uses.put("drop", memory::drop);
    uses.put("check", memory::check);
    uses.put("heapReport", memory::heapReport);
    uses.put("blocks", () -> memory.blocks().iterator().next());
    uses.put("pointer get", block::get);
    uses.put("pointer set", () -> block.set(5));
    uses.put("close", memory::close);
    uses.put("abandon", memory::abandon);
    uses.put("lock.close", lock::close);
    return uses;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aConfinedMemoryRefusesOtherThreads(boolean cached) throws InterruptedException {
    var memory = builder().open();
    IntPointer block = memory.allocateInts(100);
    MemoryFunctions.fill(block, 400, (byte) 0);
    var lock = memory.lock(block.plus(64), 10);
    if (!cached) {
      memory.drop();
    }
    memory.resetStatistics();
    for (var use : uses(memory, block, lock).entrySet()) {
      Throwable thrown = elsewhere(use.getValue());
      assertNotNull(thrown, use.getKey() + " must be refused");
      assertEquals(WrongThreadException.class, thrown.getClass(), use.getKey());
      String message = thrown.getMessage();
      assertTrue(message.contains("heap:65536"), message);
      assertTrue(message.contains(Thread.currentThread().getName()), message);
      assertTrue(message.contains("elsewhere"), message);
      assertTrue(message.contains("shared()"), message);
    }
    assertEquals(0, memory.statistics().hits() + memory.statistics().faults());
    memory.check();
    lock.setByte(0, (byte) 3);
    lock.close();
    assertEquals(3, block.plus(64).asBytes().get());
    memory.free(block);
    memory.close();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aClosedMemoryRefusesEverythingButClosing(boolean shared) throws InterruptedException {
    var memory = shared ? builder().shared().open() : builder().open();
    IntPointer block = memory.allocateInts(100);
    MemoryFunctions.fill(block, 400, (byte) 0);
    var lock = memory.lock(block, 10);
    memory.close();
    for (var use : uses(memory, block, lock).entrySet()) {
      if (List.of("close", "abandon", "lock.close").contains(use.getKey())) {
        use.getValue().run();
      } else {
        var e = assertThrows(IllegalStateException.class, use.getValue()::run, use.getKey());
        assertTrue(e.getMessage().contains("closed"), e.getMessage());
        assertEquals(IllegalStateException.class, elsewhere(use.getValue()).getClass());
      }
    }
    assertTrue(memory.toString().contains("heap:65536"));
    memory.statistics();
  }

  @Test
  void anAbandonedMemoryIsClosedWithoutWriting() {
    var store = new KeptStore(new HeapStore(4096));
    var memory = VirtualMemory.builder(store).open();
    memory.setInt(100, -1);
    memory.abandon();
    assertThrows(IllegalStateException.class, () -> memory.getInt(100));
    memory.close();
    memory.abandon();
    assertEquals(0, store.bytes()[100]);
  }

  @Test
  void anyThreadMayUseASharedMemoryAndCloseIt() throws InterruptedException {
    var memory = builder().shared().open();
    IntPointer block = memory.allocateInts(100);
    var lock = memory.lock(block, 10);
    for (var use : uses(memory, block, lock).entrySet()) {
      if (!List.of("close", "abandon", "free").contains(use.getKey())) {
        Throwable thrown = elsewhere(use.getValue());
        assertEquals(null, thrown, use.getKey());
      }
    }
    assertEquals(null, elsewhere(memory::close));
    assertThrows(IllegalStateException.class, () -> memory.getByte(100));
  }

  /** Each thread works in blocks of its own; the page cache and the allocator are common. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void threadsDoNotDisturbEachOther(long seed) throws Exception {
    var presets = List.of(Preset.BOARD_16K, Preset.BOARD_64K);
    var builder = VirtualMemory.builder(new HeapStore(128 * 1024)).shared();
    if (seed > 2) {
      builder.preset(presets.get((int) seed - 3));
    }
    try (var memory = builder.open();
        var threads = Executors.newFixedThreadPool(THREADS)) {
      var barrier = new CyclicBarrier(THREADS);
      List<Callable<Void>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        var worker = new Worker(memory, new Random(seed * 100 + i));
        tasks.add(
            () -> {
              barrier.await();
              worker.work();
              return null;
            });
      }
      for (Future<Void> done : threads.invokeAll(tasks)) {
        rethrow(done);
      }
      memory.check();
      assertEquals(0, memory.usedBytes());
      assertEquals(1, memory.heapReport().freeBlocks());
    }
  }

  private static void rethrow(Future<Void> done) throws Exception {
    try {
      done.get();
    } catch (ExecutionException e) {
      throw new AssertionError("a thread failed", e.getCause());
    }
  }

  /** Owns some blocks, and knows what they hold. */
  private static final class Worker {
    private final VirtualMemory memory;
    private final Random random;
    private final List<BytePointer> blocks = new ArrayList<>();
    private final List<byte[]> contents = new ArrayList<>();

    Worker(VirtualMemory memory, Random random) {
      this.memory = memory;
      this.random = random;
    }

    void work() {
      for (int step = 0; step < 3000; step++) {
        int i = blocks.isEmpty() ? 0 : random.nextInt(blocks.size());
        int kind = blocks.isEmpty() ? 0 : random.nextInt(10);
        switch (kind) {
          case 0, 1 -> allocate();
          case 2 -> free(i);
          case 3, 4 -> write(i);
          case 5 -> lock(i);
          case 6 -> fill(i);
          case 7 -> maintain();
          default -> compare(i);
        }
      }
      while (!blocks.isEmpty()) {
        free(blocks.size() - 1);
      }
    }

    private void allocate() {
      if (blocks.size() < 30) {
        var bytes = new byte[1 + random.nextInt(600)];
        random.nextBytes(bytes);
        BytePointer block = memory.allocateBytes(bytes.length);
        block.set(0, bytes, 0, bytes.length);
        blocks.add(block);
        contents.add(bytes);
      }
    }

    private void free(int i) {
      compare(i);
      memory.free(blocks.remove(i));
      contents.remove(i);
    }

    private void write(int i) {
      int at = random.nextInt(contents.get(i).length);
      contents.get(i)[at] = (byte) random.nextInt();
      blocks.get(i).set(at, contents.get(i)[at]);
    }

    private void fill(int i) {
      byte value = (byte) random.nextInt();
      Arrays.fill(contents.get(i), value);
      MemoryFunctions.fill(blocks.get(i), contents.get(i).length, value);
    }

    private void lock(int i) {
      try (var lock = memory.lock(blocks.get(i), contents.get(i).length)) {
        for (int at = 0; at < lock.size(); at += 7) {
          assertEquals(contents.get(i)[at], lock.getByte(at));
          contents.get(i)[at]++;
          lock.setByte(at, contents.get(i)[at]);
        }
      } catch (LockUnavailableException e) {
        compare(i); // the others hold all that can be held
      }
    }

    private void maintain() {
      switch (random.nextInt(8)) {
        case 0 -> memory.drop();
        case 1 -> memory.flush();
        case 2 -> memory.check();
        case 3 -> assertTrue(memory.heapReport().usedBytes() > 0);
        default -> assertTrue(memory.usedBytes() > 0 && memory.peakBytes() > 0);
      }
    }

    private void compare(int i) {
      var got = new byte[contents.get(i).length];
      blocks.get(i).get(0, got, 0, got.length);
      assertArrayEquals(contents.get(i), got);
    }
  }
}
