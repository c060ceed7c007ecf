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
    try (var store = (SimulatedChipStore) open("sim:23LC512?gap=0&hz=8000000")) {
      assertEquals(5 * 1000, store.clock().nanos());
      assertEquals(3000, store.cost().readNanos());
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

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "sim:23LC102              | no model of a chip '23LC102', there are 23LC1024, 23A1024",
        "sim:                     | no model of a chip '', there are 23LC1024",
        "sim:23LC1024?hz=20000001 | must be 1 to 20000000 Hz, got 20000001",
        "sim:23LC1024?hz=fast     | hz in sim:23LC1024?hz=fast must be a whole number",
        "sim:23LC1024?gap=-1      | gap in sim:23LC1024?gap=-1 must be",
        "sim:23LC1024?speed=1     | sim: has gap, hz, seed"
      })
  void refusesBadUris(String uri, String text) {
    var e = assertThrows(IllegalArgumentException.class, () -> open(uri));
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }

  private static BackingStore open(String uri) {
    return new SimStoreProvider().open(StoreUri.parse(uri));
  }
}
