package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.policy.Policies;
import dev.virtmem.store.FaultyStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreOperation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever operation of the store fails: it is reported, and nothing that was written is lost. */
class FaultInjectionTest {
  private static final int POOL = 16 * 1024;

  /** The geometry with one frame, with which all policies are the same. */
  private static final int UNO = 3;

  static List<Arguments> settings() {
    List<UnaryOperator<VirtualMemoryBuilder>> geometries =
        List.of(
            b -> b.pageSize(16).frames(5),
            b -> b.pageSize(64).frames(9),
            b -> b.pageSize(256).frames(3).lockBuffers(4, 8, 32).fetch(16, 512),
            b -> b.preset(Preset.UNO),
            b -> b.preset(Preset.BOARD_64K));
    List<Arguments> all = new ArrayList<>();
    for (int i = 0; i < geometries.size(); i++) {
      for (FaultMode mode : FaultMode.values()) {
        all.add(Arguments.of(i, Policies.DEFAULT, mode, geometries.get(i)));
      }
      for (int p = 0; p < Policies.names().size() && i != UNO; p++) {
        var mode = FaultMode.values()[(i + p) % 4];
        all.add(Arguments.of(i, Policies.names().get(p), mode, geometries.get(i)));
      }
    }
    return all;
  }

  @ParameterizedTest(name = "geometry {0} {1} {2}")
  @MethodSource("settings")
  void everyFaultIsReportedAndLosesNothing(
      int number, String policy, FaultMode mode, UnaryOperator<VirtualMemoryBuilder> geometry) {
    long n = 1;
    try {
      while (new FaultScenario(b -> geometry.apply(b).policy(policy), mode).run(n)) {
        n++;
      }
    } catch (RuntimeException | AssertionError e) {
      throw new AssertionError("with a fault at operation " + n, e);
    }
    assertTrue(n > 50, "only " + n + " operations of the store");
  }

  /** Clean bytes between dirty ones are written along, so a failed write may spoil them as well. */
  @ParameterizedTest
  @EnumSource(names = {"BOARD_16K", "BOARD_64K"})
  void cleanBytesInAFailedTransferAreNotLost(Preset preset) {
    var device = new HeapStore(POOL, Costs.SPI);
    var faulty = new FaultyStore(device);
    try (var memory =
        VirtualMemory.builder(new ScribblingStore(faulty, device)).preset(preset).open()) {
      var mirror = new Mirror(memory);
      mirror.fill(2048, 512, 7);
      memory.flush();
      mirror.fill(2048, 32, 8);
      mirror.fill(2048 + 64, 32, 9);
      faulty.failAt(1);
      assertThrows(StoreException.class, memory::flush);
      try (var lock = memory.lockForReading(mirror.at(2048 + 32), 32)) {
        mirror.checkLock(lock);
        memory.flush();
      }
      memory.drop();
      mirror.checkRange(2048, 512);
    }
  }

  @Test
  void aFailedSyncIsReportedByFlushDropAndClose() {
    var store = new FaultyStore(new HeapStore(POOL));
    var memory = VirtualMemory.builder(store).open();
    memory.setInt(100, 1);
    store.failAt(1, StoreOperation.SYNC);
    assertThrows(StoreException.class, memory::flush);
    memory.flush();
    store.failAt(1, StoreOperation.SYNC);
    assertThrows(StoreException.class, memory::drop);
    store.failAt(1, StoreOperation.SYNC);
    assertThrows(StoreException.class, memory::close);
    assertEquals(1, memory.getInt(100));
    memory.close();
    assertThrows(IllegalStateException.class, () -> memory.getInt(100));
  }

  @Test
  void aStoreThatFailsToCloseIsClosedAgain() {
    var closes = new int[1];
    var store =
        new ForwardingStore(new HeapStore(POOL)) {
          @Override
          public void close() {
            if (++closes[0] == 1) {
              throw new StoreException("the device is busy");
            }
            super.close();
          }
        };
    var memory = VirtualMemory.builder(store).open();
    memory.setInt(100, 1);
    assertThrows(StoreException.class, memory::close);
    memory.close();
    assertEquals(2, closes[0]);
    memory.close();
    assertEquals(2, closes[0]);
    assertThrows(IllegalStateException.class, () -> memory.getInt(100));
  }

  /** A record's block must not leak when neither writing it nor freeing it works. */
  @Test
  void aRecordThatCannotBeWrittenTakesNoMemory() {
    for (int before = 200; before < 270; before += 2) {
      long n = 1;
      while (recordFails(before, n)) {
        n++;
      }
      assertTrue(n > 1, "no fault at all");
    }
  }

  /** Wherever pages end in the block or its header, behind a block of some size. */
  private static boolean recordFails(int before, long n) {
    var store = new FaultyStore(new HeapStore(POOL));
    var builder = VirtualMemory.builder(store).pageSize(256).frames(1).lockBuffers();
    try (var memory = builder.open()) {
      Pointer block = memory.allocate(before);
      memory.drop();
      long used = memory.usedBytes();
      store.failFrom(n);
      try {
        memory.allocate(new FaultScenario.Pair(1, 2));
        return false;
      } catch (StoreException e) {
        store.repair();
        memory.check();
        assertEquals(used, memory.usedBytes(), before + " bytes, fault from operation " + n);
        memory.free(block);
        assertEquals(0, memory.usedBytes());
        return true;
      } finally {
        store.repair();
      }
    }
  }
}
