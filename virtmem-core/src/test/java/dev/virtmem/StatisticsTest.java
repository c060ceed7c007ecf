package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.policy.Policies;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.TransferBuffer;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsTest {
  private static final Statistics NOTHING = new Statistics(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

  private static VirtualMemoryBuilder twoFrames() {
    return VirtualMemory.builder(new HeapStore(4096)).pageSize(64).frames(2).fetch(64, 64);
  }

  @Test
  void aScenarioWorkedOutByHand() {
    try (var memory = twoFrames().open()) {
      assertEquals(NOTHING, memory.statistics());
      assertEquals(1, memory.statistics().hitRate());
      memory.getInt(128);
      memory.getInt(132);
      assertEquals(new Statistics(1, 1, 1, 0, 0, 1, 0, 64, 0, 0), memory.statistics());
      memory.setInt(256, 1);
      memory.setByte(260, (byte) 1);
      assertEquals(new Statistics(2, 2, 2, 0, 0, 1, 0, 64, 0, 0), memory.statistics());
      memory.getInt(512);
      assertEquals(new Statistics(2, 3, 3, 1, 0, 2, 0, 128, 0, 0), memory.statistics());
      memory.flush();
      assertEquals(new Statistics(2, 3, 3, 1, 1, 2, 1, 128, 5, 0), memory.statistics());
      memory.flush();
      memory.drop();
      assertEquals(new Statistics(2, 3, 3, 1, 1, 2, 1, 128, 5, 0), memory.statistics());
      assertEquals(0.4, memory.statistics().hitRate());
      memory.resetStatistics();
      assertEquals(NOTHING, memory.statistics());
      memory.getInt(512);
      assertEquals(1, memory.statistics().faults());
      assertEquals(0, memory.statistics().hitRate());
    }
  }

  @Test
  void anAccessOfSeveralPagesCountsOncePerPage() {
    try (var memory = twoFrames().open()) {
      memory.setInt(1024, 1);
      memory.setInt(1020, 1);
      memory.resetStatistics();
      memory.setLong(1020, 1);
      assertEquals(0, memory.statistics().faults());
      assertTrue(memory.statistics().hits() >= 2);
      memory.resetStatistics();
      memory.write(1020, MemorySegment.ofArray(new byte[8]));
      assertEquals(2, memory.statistics().hits());
      memory.fill(1019, 9, (byte) 0);
      assertEquals(4, memory.statistics().hits());
    }
  }

  @Test
  void dirtyPagesThatGiveTheirFrameAreWrittenBack() {
    try (var memory = twoFrames().policy("FIFO").open()) {
      memory.setInt(128, 1);
      memory.setInt(512, 1);
      memory.setInt(1024, 1);
      var after = memory.statistics();
      assertEquals(1, after.evictions());
      assertEquals(1, after.writeBacks());
      assertEquals(4, after.bytesWritten());
      assertEquals(0, after.readTransfers());
    }
  }

  @Test
  void whatALockBufferWritesIsAWriteBack() {
    var store = new HeapStore(16 * 1024);
    try (var memory = VirtualMemory.builder(store).preset(Preset.BOARD_64K).open();
        var lock = memory.lock(new Pointer(memory, 4096), 16)) {
      lock.setInt(0, 1);
      memory.flush();
      assertEquals(1, memory.statistics().writeTransfers());
      assertEquals(16, memory.statistics().bytesWritten());
      assertEquals(1, memory.statistics().writeBacks());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void transfersAreThoseThatTheStoreSees(long seed) {
    var random = new Random(seed);
    var store = new CountingStore(new KeptStore(new HeapStore(20_000, Costs.SPI)));
    var builder = VirtualMemory.builder(store);
    builder.policy(Policies.names().get((int) seed % Policies.names().size()));
    if (seed % 2 == 0) {
      builder.preset(seed % 4 == 0 ? Preset.UNO : Preset.BOARD_16K);
    }
    var memory = builder.open();
    var mirror = new Mirror(memory);
    memory.resetStatistics();
    store.reset();
    for (int step = 0; step < 2000; step++) {
      int at = 16 + random.nextInt(19_000);
      switch (random.nextInt(8)) {
        case 0, 1 -> mirror.setNumber(at, 8, step);
        case 2, 3 -> mirror.checkNumber(at, 4);
        case 4 -> mirror.fill(at, random.nextInt(500), step);
        case 5 -> mirror.copy(at, 16 + random.nextInt(19_000), random.nextInt(500));
        case 6 -> memory.lock(mirror.at(at), 1 + random.nextInt(100)).close();
        default -> memory.flush();
      }
      if (step % 100 == 99) {
        memory.drop();
      }
      var seen = memory.statistics();
      var traffic = store.traffic();
      assertEquals(traffic.reads(), seen.readTransfers());
      assertEquals(traffic.writes(), seen.writeTransfers());
      assertEquals(traffic.bytesRead(), seen.bytesRead());
      assertEquals(traffic.bytesWritten(), seen.bytesWritten());
      assertEquals(0, seen.storeNanos());
      assertTrue(seen.evictions() <= seen.pageIns());
    }
    memory.close();
    assertEquals(store.traffic().bytesWritten(), memory.statistics().bytesWritten());
  }

  /** Takes a while in each method, by the clock that a memory uses. */
  private static final class SlowStore extends ForwardingStore {
    private static final long NANOS = 100_000;

    SlowStore() {
      super(new HeapStore(4096));
    }

    private void spend() {
      long begin = System.nanoTime();
      long now = begin;
      while (now - begin < NANOS) {
        now = System.nanoTime();
      }
    }

    @Override
    public void read(long offset, TransferBuffer target) {
      spend();
      super.read(offset, target);
    }

    @Override
    public void write(long offset, TransferBuffer source) {
      spend();
      super.write(offset, source);
    }

    @Override
    public void sync() {
      spend();
      super.sync();
    }
  }

  @Test
  void theTimeInTheStoreIsMeasuredIfAskedFor() {
    try (var memory = VirtualMemory.builder(new SlowStore()).timed().open()) {
      memory.getInt(100);
      assertTrue(memory.statistics().storeNanos() >= SlowStore.NANOS, "a read");
      memory.setInt(100, 1);
      memory.flush();
      assertTrue(memory.statistics().storeNanos() >= 2 * SlowStore.NANOS, "a write");
      memory.resetStatistics();
      assertEquals(0, memory.statistics().storeNanos());
      memory.flush();
      assertTrue(memory.statistics().storeNanos() >= SlowStore.NANOS, "a sync");
    }
    try (var memory = VirtualMemory.builder(new SlowStore()).open()) {
      memory.getInt(100);
      memory.flush();
      assertEquals(0, memory.statistics().storeNanos());
    }
  }

  @Test
  void usedPeakAndFreeMemoryAreCounted() {
    try (var memory = VirtualMemory.builder(new HeapStore(4096)).open()) {
      assertEquals(0, memory.usedBytes());
      assertEquals(0, memory.peakBytes());
      long all = memory.freeBytes();
      Pointer first = memory.allocate(100);
      long used = memory.usedBytes();
      assertTrue(used >= 100 && used <= 112, used + " bytes for 100");
      Pointer second = memory.allocate(1000);
      long peak = memory.usedBytes();
      assertTrue(peak >= used + 1000);
      assertTrue(memory.freeBytes() <= all - peak);
      memory.free(second);
      assertEquals(used, memory.usedBytes());
      assertEquals(peak, memory.peakBytes());
      var report = memory.heapReport();
      assertEquals(used, report.usedBytes());
      assertEquals(memory.freeBytes(), report.freeBytes());
      assertEquals(1, report.usedBlocks());
      memory.free(first);
      assertEquals(0, memory.usedBytes());
      assertEquals(peak, memory.peakBytes());
    }
  }
}
