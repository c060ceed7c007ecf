package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiRamChipTest {
  @ParameterizedTest
  @CsvSource({"23LC1024, 131072, 3", "23a1024, 131072, 3", "23lc512, 65536, 2", "23A512, 65536, 2"})
  void findsPartsByName(String name, int capacity, int addressBytes) {
    var chip = SpiRamChip.byName(name);
    assertEquals(capacity, chip.capacity());
    assertEquals(addressBytes, chip.addressBytes());
    assertEquals(20_000_000, chip.maxHz());
    assertTrue(SpiRamChip.known().contains(chip));
  }

  @Test
  void listsAllPartsIfOneIsUnknown() {
    var e = assertThrows(IllegalArgumentException.class, () -> SpiRamChip.byName("24LC256"));
    assertEquals(
        "unknown chip '24LC256', known are 23LC1024, 23A1024, 23LC512, 23A512", e.getMessage());
  }

  @Test
  void checksADescription() {
    assertEquals(65_536, new SpiRamChip("X", 65_536, 2, 1).capacity());
    assertThrows(IllegalArgumentException.class, () -> new SpiRamChip("X", 65_537, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new SpiRamChip("X", 0, 2, 1));
    assertThrows(IllegalArgumentException.class, () -> new SpiRamChip("X", 1, 0, 1));
    assertThrows(IllegalArgumentException.class, () -> new SpiRamChip("X", 1, 5, 1));
    assertThrows(IllegalArgumentException.class, () -> new SpiRamChip("X", 1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> new SpiRamChip(" ", 1, 1, 1));
    assertEquals(1L << 32, new SpiRamChip("X", 1L << 32, 4, 1).capacity());
  }
}
