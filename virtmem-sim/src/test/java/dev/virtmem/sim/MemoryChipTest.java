package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamChip.Trait;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreUri;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The models as a family, against the driver's table, which was written apart from theirs. */
class MemoryChipTest {
  static List<SpiRamChip> parts() {
    return SpiRamChip.known();
  }

  @Test
  void areOfAllPartsOfTheDriver() {
    var names = parts().stream().map(SpiRamChip::name).toList();
    assertTrue(MemoryChip.parts().containsAll(names), MemoryChip.parts().toString());
  }

  @ParameterizedTest
  @MethodSource("parts")
  void agreeWithTheDriversTable(SpiRamChip part) {
    var chip = MemoryChip.byName(part.name().toLowerCase(Locale.ROOT), 1);
    assertEquals(part.name(), chip.part());
    assertEquals(part.name(), chip.toString());
    assertEquals(part.capacity(), chip.capacity());
    assertEquals(part.maxHz(), chip.maxHz());
  }

  @ParameterizedTest
  @MethodSource("parts")
  void keepTheirContentsWithoutPowerIfNonVolatile(SpiRamChip part) {
    var chip = MemoryChip.byName(part.name(), 1);
    byte[] before = chip.peek(0, chip.capacity());
    chip.powerCycle();
    assertEquals(
        part.has(Trait.NON_VOLATILE), Arrays.equals(before, chip.peek(0, chip.capacity())));
  }

  @ParameterizedTest
  @MethodSource("parts")
  void openByUri(SpiRamChip part) {
    var provider = new SimStoreProvider();
    try (var store =
        (SimulatedChipStore) provider.open(StoreUri.parse("sim:" + part.name() + "?seed=4"))) {
      assertEquals(part.capacity(), store.capacity());
      assertTrue(store.toString().contains(" at " + Math.min(20_000_000, part.maxHz()) + " Hz"));
      byte[] before = store.chip().peek(0, 64);
      assertArrayEquals(MemoryChip.byName(part.name(), 4).peek(0, 64), before);
      var data = new byte[] {1, 2, 3};
      store.write(part.capacity() - 3, data, 0, 3);
      assertArrayEquals(data, store.chip().peek(store.chip().capacity() - 3, 3));
      assertEquals(List.of(), store.chip().violations());
    }
  }

  @ParameterizedTest
  @MethodSource("parts")
  void areNotFoundWhileHoldIsLow(SpiRamChip part) {
    var chip = MemoryChip.byName(part.name(), 1);
    chip.hold(true);
    if (part.name().startsWith("23LCV") || part.name().startsWith("APS")) {
      SimulatedChipStore.open(chip, 5_000_000, 0).close();
    } else {
      var e = assertThrows(StoreException.class, () -> SimulatedChipStore.open(chip, 1_000_000, 0));
      assertTrue(e.getMessage().contains("HOLD is wired to the supply"), e.getMessage());
    }
  }

  @Test
  void differBySeed() {
    byte[] contents = MemoryChip.byName("MR25H40", 1).peek(0, 524_288);
    assertArrayEquals(contents, MemoryChip.byName("MR25H40", 1).peek(0, 524_288));
    assertFalse(Arrays.equals(contents, MemoryChip.byName("MR25H40", 2).peek(0, 524_288)));
  }
}
