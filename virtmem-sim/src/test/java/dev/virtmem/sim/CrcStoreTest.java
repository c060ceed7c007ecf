package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.io.spi.Spi;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.spiram.Verification;
import dev.virtmem.spiram.VerifiedStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.Stores;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Verification by CRC and parity, over the driver, over models of the chips. */
class CrcStoreTest {
  private static final double RATE = 1e-5;

  private static UnreliableWire wire(String part, long seed) {
    return new UnreliableWire(MemoryChip.byName(part, seed), seed);
  }

  private static VerifiedStore open(UnreliableWire wire) {
    return (VerifiedStore) wire.open(wire.builder().verify(Verification.CRC).format());
  }

  @ParameterizedTest
  @CsvSource({"23LC1024, 1", "23K256, 2", "23LC512, 3", "23LCV1024, 4", "FM25V20A, 5"})
  void losesNothingOnWiresThatFlipBits(String part, long seed) {
    losesNothing(part, seed, RATE, part.equals("23LC1024") ? 1_000_000 : 20_000, 64);
  }

  private static void losesNothing(
      String part, long seed, double rate, int operations, int longest) {
    UnreliableWire wire = wire(part, seed);
    try (BackingStore store = open(wire)) {
      wire.flipping(rate);
      var work = new RandomOperations(store, seed, longest);
      work.run(operations);
      work.checkAll();
      assertTrue(wire.flips > operations / 1000);
    }
  }

  /** Who looks at the counts must see a bus that is bad, however well all is cured. */
  @Test
  void countsEachReadThatBroughtSomethingWrong() {
    try (var store = (VerifiedStore) Stores.open("sim:23LC1024?verify=crc&fault=read-flips:1e-5")) {
      long before = store.counts().retries();
      for (int i = 0; i < 100; i++) {
        store.read(0, new byte[100_000], 0, 100_000);
      }
      // 85 million bits, each of which costs a repetition if it flips.
      assertEquals(850, store.counts().retries() - before, 100);
    }
  }

  @Tag("long")
  @ParameterizedTest
  @CsvSource({"23LC1024, 1e-5, 1024, 1000000", "23K640, 3e-5, 300, 1000000"})
  void losesNothingInAMillionLongOperations(String part, double rate, int longest, int operations) {
    losesNothing(part, 1, rate, operations, longest);
  }

  /** A line that is right in itself but elsewhere must not pass, nor one that was zeroed. */
  @Test
  void findsALineInTheWrongPlace() {
    UnreliableWire wire = wire("23LC1024", 1);
    try (VerifiedStore store = open(wire)) {
      var work = new RandomOperations(store, 1, 64);
      poke(wire, 68 * 5, wire.chip.peek(68 * 8, 68));
      poke(wire, 68 * 6, new byte[68]);
      work.checkAll();
      assertEquals(2, store.counts().repairedLines());
      assertEquals(0, store.counts().losses());
      work.run(100);
      assertEquals(1, store.counts().scrubs());
    }
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "0, 14", "3, 7", "13, 14", "14, 15", "0, 16", "15, 16"})
  void rebuildsAnyTwoLinesOfAGroup(int first, int second) {
    UnreliableWire wire = wire("23LC512", 1);
    try (VerifiedStore store = open(wire)) {
      var work = new RandomOperations(store, 1, 64);
      byte[] before = wire.chip.peek(0, wire.chip.capacity());
      destroy(wire, first, 9);
      destroy(wire, second, 9);
      store.write(9 * 64L, work.model, 9 * 64, 64);
      work.checkAll();
      // Nothing reads parity that nobody needs.
      int parity = first == 15 ? 2 : second >= 15 ? 1 : 0;
      if (parity == 0) {
        assertArrayEquals(before, wire.chip.peek(0, wire.chip.capacity()));
      }
      assertEquals(0, store.counts().losses());
    }
  }

  private static int slot(UnreliableWire wire, int region, int group) {
    int lines = (wire.chip.capacity() / 68 - 2) / 17;
    return (region < 15 ? 1 : 2) + region * lines + group;
  }

  private static void destroy(UnreliableWire wire, int region, int group) {
    var garbage = new byte[68];
    new Random(region).nextBytes(garbage);
    poke(wire, slot(wire, region, group) * 68, garbage);
  }

  private static void poke(UnreliableWire wire, int at, byte[] data) {
    int header = wire.chip.capacity() > 65_536 ? 4 : 3;
    var command = new byte[header + data.length];
    command[0] = 2;
    for (int i = header - 1; i > 0; i--, at >>>= 8) {
      command[i] = (byte) at;
    }
    System.arraycopy(data, 0, command, header, data.length);
    wire.chip.transfer(command, 0, command, 0, command.length);
  }

  @Test
  void namesWhatIsLostAndNeverGivesWrongData() {
    UnreliableWire wire = wire("23LC512", 1);
    try (VerifiedStore store = open(wire)) {
      var work = new RandomOperations(store, 1, 64);
      for (int region : new int[] {2, 4, 6}) {
        destroy(wire, region, 0);
      }
      int region = 64 * ((65_536 / 68 - 2) / 17);
      var e = assertThrows(StoreException.class, () -> store.read(2 * region, new byte[1], 0, 1));
      for (int at : new int[] {2 * region, 4 * region, 6 * region}) {
        assertTrue(e.getMessage().contains(at + " to " + (at + 63)), e.getMessage());
      }
      var data = new byte[64];
      store.read(0, data, 0, 64);
      assertArrayEquals(Arrays.copyOf(work.model, 64), data);
      store.write(region, data, 0, 64);
      assertThrows(StoreException.class, () -> store.read(6 * region + 5, data, 0, 1));
    }
  }

  /** A write whose address flips destroys bytes elsewhere; nothing but a scrub finds them. */
  @Test
  void repairsWhatAWriteDestroyedThatWentAstray() {
    UnreliableWire wire = wire("23LC1024", 1);
    try (VerifiedStore store = open(wire)) {
      var work = new RandomOperations(store, 1, 64);
      byte[] data = {1, 2, 3};
      boolean[] done = {false};
      wire.tamper =
          (mosi, length) -> {
            if (mosi[0] == 2 && !done[0]) {
              mosi[2] ^= 0x40;
              done[0] = true;
            }
            return true;
          };
      store.write(100, data, 0, 3);
      System.arraycopy(data, 0, work.model, 100, 3);
      assertEquals(1, store.counts().scrubs());
      assertEquals(2, store.counts().repairedLines());
      long repeated = store.counts().retries();
      work.checkAll();
      assertEquals(repeated, store.counts().retries());
    }
  }

  /** The same address bit flips in a write and in each read of the next line that is read back. */
  @Test
  void isNotDeceivedByAnAddressThatFlipsTwice() {
    UnreliableWire wire = wire("23LC1024", 1);
    try (VerifiedStore store = open(wire)) {
      var work = new RandomOperations(store, 1, 64);
      int[] left = {2};
      wire.tamper =
          (mosi, length) -> {
            if (left[0] == 1 || left[0] == 2 && mosi[0] == 2) {
              mosi[2] ^= 0x40;
              left[0]--;
            }
            return true;
          };
      store.write(100, new byte[] {1, 2, 3}, 0, 3);
      System.arraycopy(new byte[] {1, 2, 3}, 0, work.model, 100, 3);
      work.checkAll();
      assertEquals(0, left[0]);
    }
  }

  @ParameterizedTest
  @CsvSource({"64, 9, 1", "1024, 9, 1", "1, 9, 1", "1025, 18, 2"})
  void takesNineTransfersForAWrite(int length, int forWrite, int forRead) {
    UnreliableWire wire = wire("23LC1024", 1);
    try (VerifiedStore store = open(wire)) {
      var data = new byte[length];
      Arrays.fill(data, (byte) 5);
      long before = wire.clock.transfers();
      double nanos = wire.clock.nanos();
      store.write(0, data, 0, length);
      assertEquals(forWrite, wire.clock.transfers() - before);
      if (length <= 1024) {
        assertEquals(store.cost().writeTime(length), wire.clock.nanos() - nanos, 1e-3);
      }
      nanos = wire.clock.nanos();
      store.read(0, data, 0, length);
      assertEquals(forWrite + forRead, wire.clock.transfers() - before);
      if (length <= 1024) {
        assertEquals(store.cost().readTime(length), wire.clock.nanos() - nanos, 1e-3);
      }
    }
  }

  /** The offset is that on the chip: byte 40 of the line in slot 73. */
  @Test
  void saysThatCellsAreBroken() {
    int offset = 73 * 68 + 40;
    try (var store = Stores.open("sim:23LC1024?verify=crc&fault=stuck-cell:" + offset)) {
      var data = new byte[200];
      Arrays.fill(data, (byte) 0x55);
      var e = assertThrows(StoreException.class, () -> store.write(71 * 64, data, 0, 200));
      assertTrue(e.getMessage().contains("first of them at offset " + offset), e.getMessage());
      assertTrue(e.getMessage().contains("cells of the chip are broken"), e.getMessage());
    }
  }

  /** The advice for a bad bus is not that for a chip that is away. */
  @Test
  void aFailureHasItsOwnAdvice() {
    UnreliableWire wire = wire("23LC1024", 1);
    VerifiedStore store = open(wire);
    wire.silent = true;
    var e = assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1));
    assertTrue(e.getMessage().contains("nothing drives the line"), e.getMessage());
    assertFalse(e.getMessage().contains("lower clock"), e.getMessage());
    wire.silent = false;
    wire.flipping(1e-2);
    e = assertThrows(StoreException.class, () -> store.write(0, new byte[900], 0, 900));
    assertTrue(e.getMessage().contains("lower clock"), e.getMessage());
  }

  @Test
  void keepsContentsThatSurvivePowerOffAndErasesNoneUnasked() {
    UnreliableWire wire = wire("FM25V20A", 1);
    var builder = wire.builder().verify(Verification.CRC);
    byte[] before = wire.chip.peek(0, wire.chip.capacity());
    var e = assertThrows(StoreException.class, () -> wire.open(builder));
    assertTrue(e.getMessage().contains("format=yes"), e.getMessage());
    assertArrayEquals(before, wire.chip.peek(0, wire.chip.capacity()));
    BackingStore formatted = wire.open(builder.format());
    // That there was no header to be read is no fault of the bus.
    assertEquals(Verification.Counts.NONE, Verification.countsOf(formatted));
    var work = new RandomOperations(formatted, 1, 64);
    wire.chip.powerCycle();
    BackingStore again = wire.open(wire.builder().verify(Verification.CRC));
    var all = new byte[work.model.length];
    again.read(0, all, 0, all.length);
    assertArrayEquals(work.model, all);
    again.close();
    var other = wire.builder().verify(Verification.CRC).regions(7);
    e = assertThrows(StoreException.class, () -> wire.open(other));
    assertTrue(e.getMessage().contains("with regions=15, and"), e.getMessage());
    assertTrue(e.getMessage().contains("format=yes"), e.getMessage());
    // Half of a part passes start-up, and the header tells that it is one.
    var half = SpiRamStore.builder(SpiRamChip.byName("MB85RS1MT")).verify(Verification.CRC);
    Spi slow = wire.connection(25_000_000);
    e = assertThrows(StoreException.class, () -> half.attachAll(List.of(slow)));
    assertTrue(e.getMessage().contains("for a part of some 262140 bytes"), e.getMessage());
  }

  /** After a cut of power at any transfer each line is old or new, and parity is right again. */
  @Test
  void survivesACutOfPowerAtAnyTransferOfAWrite() {
    for (int cut = 0; cut < 3; cut++) {
      for (int torn : new int[] {0, 100}) {
        UnreliableWire wire = wire("FM25V20A", 1);
        var work = new RandomOperations(open(wire), 1, 64);
        VerifiedStore store = (VerifiedStore) wire.open(wire.builder().verify(Verification.CRC));
        var data = new byte[200];
        Arrays.fill(data, (byte) 9);
        int[] writes = {cut};
        wire.tamper =
            (mosi, length) -> {
              if (mosi[0] == 2 && writes[0]-- == 0) {
                wire.silent = true;
                if (torn > 0) {
                  wire.chip.transfer(mosi, 0, new byte[length], 0, torn);
                }
                return false;
              }
              return true;
            };
        assertThrows(StoreException.class, () -> store.write(1000, data, 0, 200));
        wire.tamper = (mosi, length) -> true;
        wire.silent = false;
        VerifiedStore again = (VerifiedStore) wire.open(wire.builder().verify(Verification.CRC));
        var all = new byte[work.model.length];
        again.read(0, all, 0, all.length);
        for (int i = 0; i < all.length; i++) {
          if (i < 1000 || i >= 1200 || all[i] != 9) {
            assertEquals(work.model[i], all[i], "byte " + i + ", cut " + cut + ", torn " + torn);
          }
        }
        System.arraycopy(all, 0, work.model, 0, all.length);
        destroy(wire, 3, 15);
        destroy(wire, 0, 15);
        var rebuilt = new byte[all.length];
        again.read(0, rebuilt, 0, all.length);
        assertArrayEquals(all, rebuilt);
      }
    }
  }
}
