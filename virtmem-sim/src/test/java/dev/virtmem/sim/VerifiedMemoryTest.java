package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.VirtualMemory;
import dev.virtmem.spiram.Verification;
import dev.virtmem.store.StoreException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A memory over verified chips whose bus fails for a while: nothing that was written is lost. */
class VerifiedMemoryTest {
  private interface Fault {
    void set(UnreliableWire wire, boolean on);
  }

  private static void survives(Verification kind, String part, Fault fault, String message) {
    var wire = new UnreliableWire(MemoryChip.byName(part, 1), 1);
    var store = wire.open(wire.builder().verify(kind).format());
    try (var memory = VirtualMemory.builder(store).ram(2048).open()) {
      int count = part.equals("23K640") ? 1000 : 5000;
      var array = memory.allocateInts(count);
      for (int i = 0; i < count; i++) {
        array.set(i, i * 31);
      }
      for (int round = 0; round < 10; round++) {
        int at = round * count / 10;
        array.set(at, -round);
        fault.set(wire, true);
        var e = assertThrows(StoreException.class, memory::flush);
        assertTrue(e.getMessage().contains(message), e.getMessage());
        assertThrows(StoreException.class, memory::flush);
        fault.set(wire, false);
        memory.flush();
      }
      memory.drop();
      for (int i = 0; i < count; i++) {
        assertEquals(i % (count / 10) == 0 ? -(i / (count / 10)) : i * 31, array.get(i), "at " + i);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"READ_BACK", "CRC"})
  void survivesASilentBus(Verification kind) {
    survives(kind, "23LC1024", (wire, on) -> wire.silent = on, "mode register reads FF");
  }

  @ParameterizedTest
  @EnumSource(names = {"READ_BACK", "CRC"})
  void survivesErrorsOfTheBus(Verification kind) {
    survives(
        kind,
        "FM25V20A",
        (wire, on) -> wire.errors = on ? 100_000 : 0,
        "tried 9 times, the last failure was:");
  }

  /** What a 23K part does that was reset, here without the loss of its contents. */
  @ParameterizedTest
  @EnumSource(names = {"READ_BACK", "CRC"})
  void setsTheModeAgainAfterASilentBus(Verification kind) {
    survives(
        kind,
        "23K640",
        (wire, on) -> {
          wire.silent = on;
          byte[] byteMode = {1, 0};
          wire.chip.transfer(byteMode, 0, byteMode, 0, 2);
        },
        "mode register reads FF");
  }

  /** A few errors in a row are no failure at all. */
  @ParameterizedTest
  @EnumSource(names = {"READ_BACK", "CRC"})
  void repeatsWhatFailsAFewTimes(Verification kind) {
    var wire = new UnreliableWire(MemoryChip.byName("23LC1024", 1), 1);
    var store = wire.open(wire.builder().verify(kind));
    var work = new RandomOperations(store, 1, 3000);
    for (int round = 0; round < 200; round++) {
      wire.errors = round % 4;
      work.run(1);
    }
    wire.errors = 0;
    work.checkAll();
    assertTrue(Verification.countsOf(store).retries() > 50);
  }
}
