package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.spiram.SpiRamChip.Trait;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpiRamChipTest {
  @ParameterizedTest
  @CsvSource({
    "23LC1024,  131072, 3, 20000000, 64, LINE_RESET",
    "23a1024,   131072, 3, 20000000, 64, LINE_RESET",
    "23lc512,    65536, 2, 20000000, 64, LINE_RESET",
    "23A512,     65536, 2, 20000000, 64, LINE_RESET",
    "23LCV1024, 131072, 3, 20000000, 64, LINE_RESET NON_VOLATILE",
    "23LCV512,   65536, 2, 20000000, 64, LINE_RESET NON_VOLATILE",
    "23K256,     32768, 2, 20000000, 64, ''",
    "23A256,     32768, 2, 16000000, 64, ''",
    "23K640,      8192, 2, 20000000, 64, ''",
    "23A640,      8192, 2, 16000000, 64, ''",
    "FM25V20A,  262144, 3, 40000000, -1, WRITE_ENABLE NON_VOLATILE",
    "MB85RS1MT, 131072, 3, 25000000, -1, WRITE_ENABLE NON_VOLATILE",
    "mb85rs2mt, 262144, 3, 25000000, -1, WRITE_ENABLE NON_VOLATILE",
    "MR25H40,   524288, 3, 40000000, -1, WRITE_ENABLE SLEEP NON_VOLATILE"
  })
  void findsPartsByName(
      String name, int capacity, int addressBytes, int maxHz, int mode, String traits) {
    var chip = SpiRamChip.byName(name);
    assertEquals(capacity, chip.capacity());
    assertEquals(addressBytes, chip.addressBytes());
    assertEquals(maxHz, chip.maxHz());
    assertEquals(mode, chip.sequentialMode());
    for (Trait trait : Trait.values()) {
      assertEquals(
          List.of(traits.split(" ")).contains(trait.name()), chip.has(trait), trait::toString);
    }
    assertTrue(SpiRamChip.known().contains(chip));
  }

  @Test
  void takesAPlainSramByFourNumbers() {
    var chip = new SpiRamChip("X", 65_536, 2, 1);
    assertEquals(0x40, chip.sequentialMode());
    assertEquals(Set.of(Trait.LINE_RESET), chip.traits());
  }

  @Test
  void keepsItsOwnSetOfTraits() {
    var traits = EnumSet.of(Trait.WRITE_ENABLE);
    var chip = new SpiRamChip("X", 256, 1, 1, SpiRamChip.NO_MODE_REGISTER, traits);
    traits.add(Trait.SLEEP);
    assertEquals(Set.of(Trait.WRITE_ENABLE), chip.traits());
    assertThrows(UnsupportedOperationException.class, () -> chip.traits().clear());
  }

  @Test
  void checksModeAndTraits() {
    assertEquals(0xff, new SpiRamChip("X", 1, 1, 1, 0xff, Set.of()).sequentialMode());
    assertThrows(
        IllegalArgumentException.class, () -> new SpiRamChip("X", 1, 1, 1, 0x100, Set.of()));
    assertThrows(IllegalArgumentException.class, () -> new SpiRamChip("X", 1, 1, 1, -2, Set.of()));
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new SpiRamChip("X", 1, 1, 1, 0x40, Set.of(Trait.WRITE_ENABLE)));
    assertEquals(
        "a chip has a mode register or a write-enable latch, got both for X", e.getMessage());
  }

  @Test
  void listsAllPartsIfOneIsUnknown() {
    var e = assertThrows(IllegalArgumentException.class, () -> SpiRamChip.byName("24LC256"));
    assertEquals(
        "unknown chip '24LC256', known are 23LC1024, 23A1024, 23LC512, 23A512, 23LCV1024,"
            + " 23LCV512, 23K256, 23A256, 23K640, 23A640, FM25V20A, MB85RS1MT, MB85RS2MT,"
            + " MR25H40",
        e.getMessage());
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
