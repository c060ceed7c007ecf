package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SramChipTest {
  private final SramChip chip = SramChip.powerUp("23LC1024", 1);

  @Test
  void writesAndReads() {
    assertEquals("ffffffffffffff", send("02 000102 0a0b0c"));
    assertEquals("ffffffff0a0b0c", send("03 000102 000000"));
    assertEquals("ffffffff0b", send("03 000103 00"));
    assertNoViolations();
  }

  @Test
  void addressesTheWholeArrayMostSignificantByteFirst() {
    send("02 01ffff 11");
    send("02 0000ff 22");
    send("02 010000 33");
    assertArrayEquals(new byte[] {0x11}, chip.peek(0x1ffff, 1));
    assertArrayEquals(new byte[] {0x22}, chip.peek(0xff, 1));
    assertArrayEquals(new byte[] {0x33}, chip.peek(0x10000, 1));
    assertNoViolations();
  }

  @Test
  void hasTwoAddressBytesInSmallerParts() {
    var small = SramChip.powerUp("23LC512", 1);
    assertEquals("ffffffff", send(small, "02 8001 77"));
    assertEquals("ffffff77", send(small, "03 8001 00"));
    assertArrayEquals(new byte[] {0x77}, small.peek(0x8001, 1));
  }

  @Test
  void ignoresUpperAddressBits() {
    send("02 fe0005 42");
    assertEquals("ffffffff42", send("03 000005 00"));
    assertEquals(List.of("address FE0005 beyond the array"), chip.violations());
  }

  @Test
  void powersUpWithGarbageFromTheSeed() {
    byte[] contents = chip.peek(0, 131_072);
    assertArrayEquals(contents, SramChip.powerUp("23LC1024", 1).peek(0, 131_072));
    assertFalse(Arrays.equals(contents, SramChip.powerUp("23LC1024", 2).peek(0, 131_072)));
    var seen = new boolean[256];
    for (byte b : contents) {
      seen[b & 0xff] = true;
    }
    for (int value = 0; value < 256; value++) {
      assertTrue(seen[value], "no byte " + value);
    }
  }

  @Test
  void powersUpInSequentialMode() {
    assertEquals("ff40", send("05 00"));
    assertEquals("ff404040", send("05 000000"));
  }

  @Test
  void wrapsAtTheEndOfTheArrayInSequentialMode() {
    send("02 01fffe 01020304");
    assertArrayEquals(new byte[] {1, 2}, chip.peek(0x1fffe, 2));
    assertArrayEquals(new byte[] {3, 4}, chip.peek(0, 2));
    assertEquals("ffffffff01020304", send("03 01fffe 00000000"));
    assertEquals("4 bytes from 01FFFE wrap", chip.violations().get(0));
  }

  @Test
  void wrapsInsideAPageInPageMode() {
    assertEquals("ffff", send("01 80"));
    assertEquals("ff80", send("05 00"));
    byte[] before = chip.peek(0x40, 32);
    send("02 00005e 01020304");
    assertArrayEquals(new byte[] {1, 2}, chip.peek(0x5e, 2));
    assertArrayEquals(new byte[] {3, 4}, chip.peek(0x40, 2));
    assertArrayEquals(Arrays.copyOfRange(before, 2, 30), chip.peek(0x42, 28));
    assertEquals("ffffffff01020304", send("03 00005e 00000000"));
    String pageAndMore = send("03 000040 " + "00".repeat(40)).substring(8);
    assertEquals(pageAndMore.substring(0, 16), pageAndMore.substring(64));
  }

  @Test
  void movesOneByteInByteMode() {
    send("01 00");
    byte[] before = chip.peek(0, 4);
    send("02 000001 7788");
    assertArrayEquals(new byte[] {before[0], 0x77, before[2], before[3]}, chip.peek(0, 4));
    assertEquals("ffffffff77ffff", send("03 000001 000000"));
    assertEquals(
        List.of("2 bytes of data in byte mode", "3 bytes of data in byte mode"), chip.violations());
  }

  @Test
  void ignoresCommandsThatAreCutOff() {
    byte[] before = chip.peek(0, 131_072);
    send("");
    send("02");
    send("02 0000");
    send("02 000000");
    assertEquals("ffffffff", send("03 000000"));
    send("01");
    assertArrayEquals(before, chip.peek(0, 131_072));
    assertEquals("ff40", send("05 00"));
    assertEquals(5, chip.violations().size());
  }

  @Test
  void ignoresUnknownInstructions() {
    byte[] before = chip.peek(0, 131_072);
    assertEquals("ffffffffffff", send("06 02 000000 55"));
    assertArrayEquals(before, chip.peek(0, 131_072));
    assertEquals(List.of("unknown instruction 06"), chip.violations());
  }

  @Test
  void understandsNothingOnOneLineAfterEqioUntilRstio() {
    for (String instruction : List.of("38", "3b")) {
      send("02 000000 55");
      send(instruction);
      send("02 000000 66");
      assertEquals("ffffffffff", send("03 000000 00"));
      assertEquals("ffff", send("05 00"));
      send("ff");
      assertEquals("ffffffff55", send("03 000000 00"));
    }
    assertEquals(
        "instruction 02 on one line while the chip listens on several", chip.violations().get(0));
  }

  @Test
  void takesRstioInAnyState() {
    assertEquals("ff", send("ff"));
    assertEquals("ff40", send("05 00"));
    assertNoViolations();
  }

  @Test
  void notesReservedModes() {
    send("01 41");
    send("01 c0");
    assertEquals(2, chip.violations().size());
  }

  @Test
  void boundsTheListOfViolations() {
    for (int i = 0; i < 1000; i++) {
      send("06");
    }
    assertEquals(32, chip.violations().size());
  }

  @Test
  void floatsAsToldWhileItDrivesNothing() {
    var low = SramChip.powerUp("23LC1024", 1, 0);
    assertEquals("0040", send(low, "05 00"));
    assertEquals("0000000000", send(low, "02 000000 99"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"23K256", "23A256", "23K640", "23A640"})
  void powersUpInByteModeAtFirstAndAgain(String part) {
    var old = SramChip.powerUp(part, 1);
    assertEquals("ff00", send(old, "05 00"));
    assertEquals(List.of(), old.violations());
    byte[] before = old.peek(0, 3);
    send(old, "02 0001 7788");
    assertArrayEquals(new byte[] {before[0], 0x77, before[2]}, old.peek(0, 3));
    send(old, "01 40");
    assertEquals("ff40", send(old, "05 00"));
    send(old, "02 0001 7788");
    assertArrayEquals(new byte[] {before[0], 0x77, (byte) 0x88}, old.peek(0, 3));
    old.powerCycle();
    assertEquals("ff00", send(old, "05 00"));
  }

  @ParameterizedTest
  @CsvSource({"23K256, 7fff", "23A256, 7fff", "23K640, 1fff", "23A640, 1fff"})
  void endsWhereThePartEnds(String part, String last) {
    var old = SramChip.powerUp(part, 1);
    send(old, "01 40");
    send(old, "02" + last + "0102");
    assertArrayEquals(new byte[] {1}, old.peek(Integer.parseInt(last, 16), 1));
    assertArrayEquals(new byte[] {2}, old.peek(0, 1));
    assertEquals(
        List.of("2 bytes from 00" + last.toUpperCase(Locale.ROOT) + " wrap"), old.violations());
  }

  @ParameterizedTest
  @CsvSource({
    "23K256, 38",
    "23K256, 3b",
    "23K256, ff",
    "23A640, 38",
    "23A640, 3b",
    "23A640, ff",
    "23LCV512, 38",
    "23LCV1024, 38",
  })
  void hasNoInstructionForLinesThatItHasNot(String part, String instruction) {
    var few = SramChip.powerUp(part, 1);
    send(few, "01 40");
    assertEquals("ff", send(few, instruction));
    assertEquals("ff40", send(few, "05 00"));
    assertEquals(
        List.of("unknown instruction " + instruction.toUpperCase(Locale.ROOT)), few.violations());
  }

  @ParameterizedTest
  @ValueSource(strings = {"23LCV512", "23LCV1024"})
  void hasTwoLinesIfItHasABattery(String part) {
    var battery = SramChip.powerUp(part, 1);
    send(battery, "3b");
    assertEquals("ffff", send(battery, "05 00"));
    send(battery, "ff");
    assertEquals("ff40", send(battery, "05 00"));
  }

  @Test
  void disablesHoldByBitZeroOfOldParts() {
    var old = SramChip.powerUp("23K256", 1);
    old.hold(true);
    assertEquals("ffff", send(old, "05 00"));
    old.hold(false);
    send(old, "01 41");
    old.hold(true);
    assertEquals("ff41", send(old, "05 00"));
    send(old, "02 0000 1122");
    assertArrayEquals(new byte[] {0x11, 0x22}, old.peek(0, 2));
    assertEquals(List.of(), old.violations());
  }

  @Test
  void hasNoBitForHoldInNewParts() {
    send("01 41");
    assertEquals("ff40", send("05 00"));
    chip.hold(true);
    assertEquals("ffff", send("05 00"));
  }

  @Test
  void forgetsModeLinesAndContentsWithoutPower() {
    send("01 80");
    send("38");
    byte[] before = chip.peek(0, 131_072);
    chip.powerCycle();
    assertEquals("ff40", send("05 00"));
    assertFalse(Arrays.equals(before, chip.peek(0, 131_072)));
  }

  @Test
  void takesOneArrayForBothDirections() {
    byte[] bytes = HexFormat.of().parseHex("0200000301020304");
    chip.transfer(bytes, 0, bytes, 0, bytes.length);
    assertArrayEquals(new byte[] {1, 2, 3, 4}, chip.peek(3, 4));
    byte[] shifted = HexFormat.of().parseHex("000300000300000000");
    chip.transfer(shifted, 1, shifted, 0, 8);
    assertEquals("ffffffff0102030400", HexFormat.of().formatHex(shifted));
  }

  @Test
  void listsTheModels() {
    var e = assertThrows(IllegalArgumentException.class, () -> SramChip.powerUp("23LC10", 1));
    assertEquals(
        "there is no model of a chip '23LC10', there are 23LC1024, 23A1024, 23LC512, 23A512,"
            + " 23LCV1024, 23LCV512, 23K256, 23A256, 23K640, 23A640",
        e.getMessage());
  }

  private String send(String hex) {
    return send(chip, hex);
  }

  private static String send(SramChip chip, String hex) {
    byte[] mosi = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] miso = new byte[mosi.length];
    chip.transfer(mosi, 0, miso, 0, mosi.length);
    return HexFormat.of().formatHex(miso);
  }

  private void assertNoViolations() {
    assertEquals(List.of(), chip.violations());
  }
}
