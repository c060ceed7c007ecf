package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.alloc.Fit;
import dev.virtmem.policy.Policies;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.HeapStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.openjdk.jol.info.GraphLayout;

/**
 * The RAM that a memory takes, measured as objects on the heap, is what it says and what was set.
 */
class RamTest {
  private static final int KB = 1024;
  private static final int STATED_WITHIN = 5 * KB;

  static List<Arguments> settings() {
    List<Arguments> all = new ArrayList<>();
    for (String policy : Policies.names()) {
      add(all, "default budget, " + policy, 128 * KB, b -> b.policy(policy));
      add(all, "64 KiB for 16 MiB, " + policy, 16 * KB * KB, b -> b.ram(64 * KB).policy(policy));
    }
    for (Preset preset : Preset.values()) {
      add(all, preset.name(), KB * KB, b -> b.preset(preset));
    }
    add(all, "least budget", 128 * KB, b -> b.ram(128));
    add(all, "first fit", 128 * KB, b -> b.fit(Fit.FIRST_FIT));
    add(all, "tracked and timed", 128 * KB, b -> b.trackLocks().timed());
    return all;
  }

  private static void add(
      List<Arguments> all, String name, int pool, UnaryOperator<VirtualMemoryBuilder> settings) {
    all.add(Arguments.of(name, pool, settings));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("settings")
  void theHeapHoldsWhatTheMemoryStates(
      String name, int pool, UnaryOperator<VirtualMemoryBuilder> settings) {
    var store = new HeapStore(pool);
    // A shared memory does not refer to its thread, and so to everything else in this process.
    try (var memory = settings.apply(VirtualMemory.builder(store).shared()).open()) {
      long ram = memory.ramBytes();
      long least = real(memory, store);
      use(memory);
      long real = real(memory, store);
      long stated = memory.ramBytes() + memory.bookkeepingBytes();
      long pages = (pool + memory.pageSize() - 1L) / memory.pageSize();
      assertEquals(ram, memory.ramBytes());
      assertTrue(
          real <= memory.ramBytes() + 4 * pages + 16 * KB,
          "%d bytes for %d of frames and %d pages".formatted(real, memory.ramBytes(), pages));
      assertTrue(
          Math.abs(real - stated) <= STATED_WITHIN, "%d bytes, stated %d".formatted(real, stated));
      assertTrue(least > memory.ramBytes(), "the frames are among what was measured");
    }
  }

  /** Allocations in several sizes, scattered and sequential accesses, locks: whatever takes RAM. */
  private static void use(VirtualMemory memory) {
    var random = new Random(1);
    List<BytePointer> blocks = new ArrayList<>();
    for (int i = 0; i < 3000; i++) {
      if (blocks.size() > 200) {
        memory.free(blocks.remove(random.nextInt(blocks.size())));
      }
      blocks.add(memory.allocateBytes(1 + random.nextInt(300)));
      blocks.getLast().set((byte) i);
    }
    for (int i = 0; i < 20_000; i++) {
      long address = memory.start() + random.nextLong(memory.end() - memory.start() - 8);
      if (i % 2 == 0) {
        memory.getLong(address);
      }
    }
    Pointer block = memory.allocate(20_000);
    memory.fill(block.address(), 20_000, (byte) 1);
    memory.copy(block.address(), block.address() + 1000, 19_000);
    for (int i = 0; i < 20_000; i += 7) {
      memory.setByte(block.address() + i, (byte) i);
    }
    memory.forEachLock(block, 20_000, lock -> lock.setByte(0, (byte) 1));
    memory.flush();
    for (int i = 0; i < 20_000; i += 2) {
      memory.setByte(block.address() + i, (byte) i);
    }
    memory.drop();
    for (long address = memory.start(); address < Math.min(100_000, memory.end()); address++) {
      memory.getByte(address);
    }
  }

  private static long real(VirtualMemory memory, BackingStore store) {
    return GraphLayout.parseInstance(memory).totalSize()
        - GraphLayout.parseInstance(store).totalSize();
  }

  @ParameterizedTest
  @EnumSource
  void aPresetTakesWhatItNames(Preset preset) {
    try (var memory = VirtualMemory.builder(new HeapStore(KB * KB)).preset(preset).open()) {
      long named = (long) preset.frames() * preset.pageSize();
      for (int size : preset.lockBuffers()) {
        named += Math.max(size, preset.pageSize() / 64); // a sector at least
      }
      assertTrue(memory.ramBytes() >= named, memory.ramBytes() + " of " + named);
      assertTrue(memory.ramBytes() <= named + 64, memory.ramBytes() + " of " + named);
    }
  }

  @Test
  void openLocksAreSmall() {
    var store = new HeapStore(128 * KB);
    try (var memory = VirtualMemory.builder(store).preset(Preset.BOARD_64K).shared().open()) {
      long before = real(memory, store);
      List<PageLock> locks = new ArrayList<>();
      for (int i = 0; i < 100; i++) {
        locks.add(memory.lock(new Pointer(memory, 5000), 10));
      }
      long during = real(memory, store);
      locks.forEach(PageLock::close);
      locks.clear();
      long after = real(memory, store);
      assertTrue(during - before < 100 * 100, (during - before) + " bytes for 100 locks");
      assertTrue(after - before < 1000, (after - before) + " bytes left behind by closed locks");
    }
  }
}
