package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.spiram.Verification;
import dev.virtmem.spiram.VerifiedStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.Stores;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Verification by reading twice, over the driver, over models of the chips. */
class ReadBackStoreTest {

  private static UnreliableWire wire(String part) {
    return new UnreliableWire(MemoryChip.byName(part, 1), 1);
  }

  private static VerifiedStore open(UnreliableWire wire) {
    return (VerifiedStore) wire.open(wire.builder().verify(Verification.READ_BACK));
  }

  @ParameterizedTest
  @ValueSource(strings = {"23LC1024", "23K640", "FM25V20A"})
  void losesNothingIfOnlyDataFlips(String part) {
    UnreliableWire wire = wire(part).onlyInData();
    try (var store = open(wire)) {
      wire.flipping(1e-5);
      var work = new RandomOperations(store, 1, 512);
      work.run(20_000);
      work.checkAll();
      assertTrue(store.counts().retries() > 200, store.counts().toString());
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 2, 2", "1024, 2, 2", "1025, 4, 4"})
  void takesTwiceTheTransfers(int length, int forRead, int forWrite) {
    UnreliableWire wire = wire("23LC1024");
    try (var store = open(wire)) {
      var data = new byte[length];
      Arrays.fill(data, (byte) 5);
      long before = wire.clock.transfers();
      store.write(0, data, 0, length);
      assertEquals(forWrite, wire.clock.transfers() - before);
      double nanos = wire.clock.nanos();
      store.read(0, data, 0, length);
      assertEquals(forWrite + forRead, wire.clock.transfers() - before);
      if (length <= 1024) {
        assertEquals(store.cost().readTime(length), wire.clock.nanos() - nanos, 1e-3);
      }
    }
  }

  /** A line that floats agrees with itself, and with what was written if that was FF. */
  @Test
  void isNotDeceivedByASilentBus() {
    UnreliableWire wire = wire("23LC1024");
    try (var store = open(wire)) {
      var data = new byte[100];
      Arrays.fill(data, (byte) 0xff);
      store.write(7, data, 0, 100);
      store.read(7, new byte[100], 0, 100);
      wire.silent = true;
      var e = assertThrows(StoreException.class, () -> store.read(7, data, 0, 100));
      assertTrue(e.getMessage().contains("reading of 100 bytes at offset 7 of"), e.getMessage());
      assertTrue(e.getMessage().contains("was tried 9 times"), e.getMessage());
      assertThrows(StoreException.class, () -> store.write(7, data, 0, 100));
    }
  }

  /** Whenever the chip falls silent, the answer is right or there is none. */
  @ParameterizedTest
  @CsvSource({"23LC1024, 0", "23LC1024, 1", "FM25V20A, 0", "FM25V20A, 1"})
  void isNotDeceivedByABusThatFallsSilentAtAnyTransfer(String part, int errors) {
    var zeros = new byte[100];
    var ones = new byte[100];
    Arrays.fill(ones, (byte) 0xff);
    for (int transfers = 0; transfers < 20; transfers++) {
      UnreliableWire wire = wire(part);
      try (var store = open(wire)) {
        store.write(7, zeros, 0, 100);
        var back = new byte[100];
        if (worked(wire, errors, transfers, () -> store.read(7, back, 0, 100))) {
          assertArrayEquals(zeros, back, "read, silent after " + transfers);
        }
        if (worked(wire, errors, transfers, () -> store.write(7, ones, 0, 100))) {
          assertArrayEquals(ones, wire.chip.peek(7, 100), "write, silent after " + transfers);
        }
      }
    }
  }

  /** Does something on wires that fail, then work, and then fall silent. */
  private static boolean worked(UnreliableWire wire, int errors, int transfers, Runnable action) {
    wire.errors = errors;
    int[] left = {transfers};
    wire.tamper = (mosi, length) -> left[0]-- > 0;
    try {
      action.run();
      return true;
    } catch (StoreException e) {
      return false;
    } finally {
      wire.tamper = (mosi, length) -> true;
    }
  }

  /** The same bits each time: no chance, and no bus. */
  @Test
  void saysThatCellsAreBroken() {
    var uri = "sim:23LC1024?verify=read-back&fault=stuck-cell:5000";
    try (var store = Stores.open(uri)) {
      var data = new byte[100];
      Arrays.fill(data, (byte) 0x55);
      var e = assertThrows(StoreException.class, () -> store.write(4950, data, 0, 100));
      assertTrue(e.getMessage().contains("first of them at offset 5000"), e.getMessage());
      assertTrue(e.getMessage().contains("cells of the chip are broken"), e.getMessage());
    }
  }

  @Test
  void isNotDeceivedByByteMode() {
    UnreliableWire wire = wire("23K256");
    try (var store = open(wire)) {
      byte[] data = {1, 2, 3, 4};
      store.write(0, data, 0, 4);
      byte[] byteMode = {1, 0};
      wire.chip.transfer(byteMode, 0, byteMode, 0, 2);
      var back = new byte[4];
      store.read(0, back, 0, 4);
      assertArrayEquals(data, back);
    }
  }
}
