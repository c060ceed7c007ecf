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
    "MR25H40,   524288, 3, 40000000, -1, WRITE_ENABLE SLEEP NON_VOLATILE",
    "APS6404L, 8388608, 3, 33000000, -1, PSEUDO_STATIC"
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
  void limitsChipSelectOfPseudoStaticRam() {
    var chip = SpiRamChip.byName("APS6404L");
    assertEquals(8000, chip.selectNanos());
    assertEquals(1024, chip.page());
    assertEquals(5_000_000, chip.minHz());
    assertEquals(5, chip.longestTransfer(5_000_000));
    assertEquals(5, chip.longestTransfer(5_999_999));
    assertEquals(20, chip.longestTransfer(20_000_000));
    assertEquals(33, chip.longestTransfer(33_000_000));
    var free = SpiRamChip.byName("23LC1024");
    assertEquals(0, free.selectNanos());
    assertEquals(0, free.page());
    assertEquals(1, free.minHz());
    assertEquals(Integer.MAX_VALUE, free.longestTransfer(1));
  }

  @Test
  void isDescribedValueByValue() {
    var chip =
        SpiRamChip.describe("X")
            .capacity(512 << 10)
            .addressBytes(4)
            .maxHz(40_000_000)
            .traits(Trait.WRITE_ENABLE)
            .traits(Trait.NON_VOLATILE, Trait.SLEEP)
            .selectNanos(9000)
            .page(64)
            .build();
    assertEquals(
        new SpiRamChip(
            "X",
            524_288,
            4,
            40_000_000,
            SpiRamChip.NO_MODE_REGISTER,
            Set.of(Trait.WRITE_ENABLE, Trait.NON_VOLATILE, Trait.SLEEP),
            9000,
            64),
        chip);
    var sram = SpiRamChip.describe("X").capacity(1).sequentialMode(0x41).build();
    assertEquals(new SpiRamChip("X", 1, 2, 1_000_000, 0x41, Set.of(), 0, 0), sram);
  }

  @ParameterizedTest
  @CsvSource({"1, 2", "65536, 2", "65537, 3", "16777216, 3", "16777217, 4", "4294967296, 4"})
  void takesAsManyAddressBytesAsTheCapacityNeeds(long capacity, int addressBytes) {
    assertEquals(addressBytes, SpiRamChip.describe("X").capacity(capacity).build().addressBytes());
  }

  @Test
  void refusesWhatDoesNotGoTogether() {
    var chip = SpiRamChip.describe("X").capacity(1024);
    assertRefused("a page is a power of two of bytes, or 0 for none, got 3 for X", chip.page(3));
    assertRefused("got -8 for X", chip.page(-8));
    chip.page(0);
    assertRefused("at least 1 ns, or 0 for ever, got -1 for X", chip.selectNanos(-1));
    assertRefused(
        "a byte takes 4 bytes of transfer, more than 31999 ns of chip select allow at 1000000 Hz"
            + " for X",
        chip.selectNanos(31_999));
    assertEquals(1_000_000, chip.selectNanos(32_000).build().minHz());
    assertRefused("needs a part number", SpiRamChip.describe("").capacity(1));
    assertRefused("holds 1 to 65536 bytes, got 0 for X", chip.capacity(0));
    assertRefused(
        "holds 1 to 4294967296 bytes, got 4294967297 for X", chip.capacity((1L << 32) + 1));
    chip.capacity(1).traits(Trait.PSEUDO_STATIC);
    assertRefused("has no mode register", chip.sequentialMode(0));
    assertRefused("pseudo-static RAM has no", chip.sequentialMode(-1).traits(Trait.WRITE_ENABLE));
  }

  private static void assertRefused(String text, SpiRamChipBuilder chip) {
    var e = assertThrows(IllegalArgumentException.class, chip::build);
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }

  @Test
  void listsAllPartsIfOneIsUnknown() {
    var e = assertThrows(IllegalArgumentException.class, () -> SpiRamChip.byName("24LC256"));
    assertEquals(
        "unknown chip '24LC256', known are 23LC1024, 23A1024, 23LC512, 23A512, 23LCV1024,"
            + " 23LCV512, 23K256, 23A256, 23K640, 23A640, FM25V20A, MB85RS1MT, MB85RS2MT,"
            + " MR25H40, APS6404L",
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
