package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreUri;
import dev.virtmem.store.Stores;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimulatedChipStoreTest {
  @Test
  void opensByUri() {
    try (var store =
        assertInstanceOf(SimulatedChipStore.class, Stores.open("sim:23LC1024?hz=10000000"))) {
      assertEquals(131_072, store.capacity());
      assertEquals("simulated 23LC1024 on SPI 0.0 at 10000000 Hz", store.toString());
      // 15 us and 4 bytes of command at 800 ns each.
      assertEquals(18_200, store.cost().readNanos());
    }
  }

  @Test
  void hasTheDefaultsOfTheCostModel() {
    try (var store = (SimulatedChipStore) open("sim:23LC1024")) {
      double before = store.clock().nanos();
      store.write(0, new byte[32], 0, 32);
      // 15 us, and 36 bytes of 400 ns.
      assertEquals(29_400, store.clock().nanos() - before, 1e-6);
      assertEquals(29_400, store.cost().writeTime(32), 1e-6);
    }
  }

  @Test
  void takesTheGap() {
    try (var store = (SimulatedChipStore) open("sim:23LC512?gap=0&hz=8000000&detect=no")) {
      assertEquals(5 * 1000, store.clock().nanos());
      assertEquals(3000, store.cost().readNanos());
    }
  }

  /** The simulated kernel takes what the URI says, and not what the one of this computer does. */
  @ParameterizedTest
  @CsvSource({"'', 3", "?limit=8204, 2", "?limit=65536, 1", "?limit=1029, 9"})
  void takesTheTransferLimit(String parameter, int transfers) {
    try (var store = (SimulatedChipStore) open("sim:23LC1024" + parameter)) {
      long before = store.clock().transfers();
      store.write(0, new byte[9000], 0, 9000);
      assertEquals(transfers, store.clock().transfers() - before);
    }
  }

  @Test
  void startsWithGarbageFromTheSeed() {
    var first = new byte[100];
    var same = new byte[100];
    var other = new byte[100];
    open("sim:23LC1024?seed=5").read(0, first, 0, 100);
    open("sim:23LC1024?seed=5").read(0, same, 0, 100);
    open("sim:23LC1024?seed=6").read(0, other, 0, 100);
    assertArrayEquals(first, same);
    assertThrows(AssertionError.class, () -> assertArrayEquals(first, other));
  }

  @Test
  void showsTheChip() {
    try (var store = SimulatedChipStore.open("23LC1024", 20_000_000, 0, 1)) {
      store.write(0x1fffe, new byte[] {5, 6}, 0, 2);
      assertArrayEquals(new byte[] {5, 6}, store.chip().peek(0x1fffe, 2));
      assertEquals(List.of(), store.chip().violations());
    }
  }

  @Test
  void refusesWorkAfterClose() {
    var store = open("sim:23LC1024");
    store.close();
    store.close();
    assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1));
  }

  @Test
  void opensWithFaultsThatCanBeRepaired() {
    try (var store =
        (SimulatedChipStore) open("sim:23LC1024?detect=no&fault=error-at:4,stuck-data:0")) {
      var wire = store.wires().getFirst();
      assertEquals("error-at:4,stuck-data:0", wire.faults().toString());
      var data = new byte[] {1, 2, 3};
      // Start-up has 3 transfers.
      assertThrows(StoreException.class, () -> store.write(0, data, 0, 3));
      store.write(0, data, 0, 3);
      store.read(0, data, 0, 3);
      assertArrayEquals(new byte[] {0, 2, 2}, data);
      wire.faults(Faults.NONE);
      store.read(0, data, 0, 3);
      assertArrayEquals(new byte[] {1, 2, 3}, data);
    }
  }

  @Test
  void flipsBitsAsTheSeedSays() {
    var uri = "sim:FM25V20A?detect=no&fault=read-flips:0.001&seed=";
    assertArrayEquals(firstBytes(uri + 3), firstBytes(uri + 3));
    var clean = MemoryChip.byName("FM25V20A", 3).peek(0, 4000);
    assertThrows(AssertionError.class, () -> assertArrayEquals(clean, firstBytes(uri + 3)));
  }

  private static byte[] firstBytes(String uri) {
    try (var store = open(uri)) {
      var bytes = new byte[4000];
      store.read(0, bytes, 0, bytes.length);
      return bytes;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "absent, All bits 1",
    "absent:low, All bits 0",
    "hold, All bits 1",
    "silent-from:2, All bits 1",
    "limit:1000000, Something answers",
    "wired:FM25V20A, no 23LC1024 on SPI 0.0",
    "error-at:1, Remote I/O error (121)"
  })
  void doesNotOpenWhatDoesNotAnswer(String fault, String message) {
    var e = assertThrows(StoreException.class, () -> open("sim:23LC1024?fault=" + fault));
    assertTrue(e.getMessage().contains(message), e.getMessage());
  }

  @Test
  void concatenatesSeveralChips() {
    try (var store = (SimulatedChipStore) open("sim:23LC512?chips=3&detect=no")) {
      assertEquals(3 * 65_536, store.capacity());
      assertEquals(3, store.wires().size());
      byte[] first = store.chip().peek(0, 100);
      assertArrayEquals(MemoryChip.byName("23LC512", 1).peek(0, 100), first);
      byte[] second = store.wires().get(1).chip().peek(0, 100);
      assertThrows(AssertionError.class, () -> assertArrayEquals(first, second));
      store.write(131_071, new byte[] {7, 8}, 0, 2);
      assertArrayEquals(new byte[] {7}, store.wires().get(1).chip().peek(65_535, 1));
      assertArrayEquals(new byte[] {8}, store.wires().get(2).chip().peek(0, 1));
      // Start-up of each, and a write to two.
      assertEquals(3 * 3 + 2, store.clock().transfers());
    }
  }

  @ParameterizedTest
  @CsvSource({"'', 1024", "'&stripe=64', 64"})
  void stripesSeveralChips(String stripe, int size) {
    var uri = "sim:23LC1024?chips=2&hz=5000000&gap=7&layout=striped" + stripe;
    try (var store = (SimulatedChipStore) open(uri)) {
      store.write(size - 1, new byte[] {7, 8}, 0, 2);
      assertArrayEquals(new byte[] {7}, store.chip().peek(size - 1, 1));
      assertArrayEquals(new byte[] {8}, store.wires().get(1).chip().peek(0, 1));
      assertEquals(7 + 4 * 1600, store.cost().readNanos());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sim:23LC102              | no model of a chip '23LC102', there are 23LC1024, 23A1024",
        "sim:                     | no model of a chip '', there are 23LC1024",
        "sim:23LC1024?hz=20000001 | must be a whole number from 1 to 20000000, got '20000001'",
        "sim:23LC1024?hz=fast     | hz in sim:23LC1024?hz=fast must be a whole number",
        "sim:23LC1024?gap=-1      | gap in sim:23LC1024?gap=-1 must be",
        "sim:23LC1024?speed=1     | sim: has chips, detect, fault, format, gap, hz, layout, limit,",
        "sim:23LC1024?fault=flip:1 | unknown fault 'flip', there are absent[:low], wired:PART",
        "sim:23LC1024?chips=0     | chips in sim:23LC1024?chips=0 must be a whole number from 1 to"
            + " 16",
        "sim:23LC1024?stripe=64   | is only allowed with layout=striped",
        "sim:23LC1024?layout=x    | must be one of concatenated, striped, got 'x'",
        "sim:23LC1024?chips=2&hz=20000001 | from 1 to 20000000, got '20000001'",
        "sim:23LC1024?verify=x    | must be one of off, read-back, crc, got 'x'",
        "sim:23LC1024?verify=crc&retries=0 | retries in sim:23LC1024?verify=crc&retries=0 must be",
        "sim:23LC1024?verify=crc&regions=1 | must be a whole number from 2 to 100, got '1'"
      })
  void refusesBadUris(String uri, String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> open(uri));
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }

  private static BackingStore open(String uri) {
    return new SimStoreProvider().open(StoreUri.parse(uri));
  }
}
