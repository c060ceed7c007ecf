package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FramChipTest {
  private FramChip chip = FramChip.powerUp("FM25V20A", 1);

  @Test
  void writesAndReads() {
    assertEquals("ff", send("06"));
    assertEquals("ffffffffffffff", send("02 03abcd 0a0b0c"));
    assertEquals("ffffffff0a0b0c", send("03 03abcd 000000"));
    assertArrayEquals(new byte[] {10, 11, 12}, chip.peek(0x3abcd, 3));
    assertViolations();
  }

  @ParameterizedTest
  @CsvSource({
    "FM25V20A, 03ffff",
    "MB85RS1MT, 01ffff",
    "MB85RS2MT, 03ffff",
    "mr25h40, 07ffff",
  })
  void wrapsAtTheEndOfTheArray(String part, String last) {
    chip = FramChip.powerUp(part, 1);
    send("06");
    send("02" + last + "55 66");
    assertEquals("ffffffff66", send("03 000000 00"));
    assertEquals("ffffffff5566", send("03" + last + "0000"));
    int end = Integer.parseInt(last, 16);
    assertEquals(end + 1, chip.capacity());
    assertArrayEquals(new byte[] {0x55}, chip.peek(end, 1));
    assertEquals(2, chip.violations().size());
  }

  @Test
  void ignoresAWriteWithoutWriteEnable() {
    byte[] before = chip.peek(0, 262_144);
    send("02 000000 11");
    send("06");
    send("04");
    send("02 000000 22");
    assertArrayEquals(before, chip.peek(0, 262_144));
    assertViolations("instruction 02 without write enable", "instruction 02 without write enable");
  }

  @Test
  void clearsTheLatchAfterEachWrite() {
    send("06");
    assertEquals("ff02", send("05 00"));
    send("02 000000 11");
    assertEquals("ff00", send("05 00"));
    send("02 000000 22");
    assertArrayEquals(new byte[] {0x11}, chip.peek(0, 1));
    assertViolations("instruction 02 without write enable");
  }

  @Test
  void clearsTheLatchAfterAWriteThatIsCutOff() {
    send("06");
    send("02 0000");
    assertEquals("ff00", send("05 00"));
    assertViolations("instruction 02 cut off after 3 bytes");
  }

  @Test
  void keepsTheLatchOverReads() {
    send("06");
    send("03 000000 0000");
    send("05 00");
    send("02 000000 11");
    assertArrayEquals(new byte[] {0x11}, chip.peek(0, 1));
    assertViolations();
  }

  /** A driver that puts both into one transfer writes nothing. */
  @Test
  void takesWriteEnableOnlyInATransferOfItsOwn() {
    byte[] before = chip.peek(0, 262_144);
    send("06 02 000000 11");
    assertEquals("ff00", send("05 00"));
    assertArrayEquals(before, chip.peek(0, 262_144));
    assertViolations("instruction 06 with 6 bytes");
  }

  @Test
  void writesTheStatusRegisterWithWriteEnableOnly() {
    send("01 0c");
    assertEquals("ff00", send("05 00"));
    send("06");
    send("01 ff");
    assertEquals("ff8c8c", send("05 0000"));
    assertViolations("instruction 01 without write enable", "instruction 05 with 3 bytes");
  }

  @ParameterizedTest
  @CsvSource({"00, 262144", "04, 196608", "08, 131072", "0c, 0"})
  void protectsBlocksFromTheEnd(String status, int firstProtected) {
    send("06");
    send("01" + status);
    for (int address : new int[] {0, 0x1ffff, 0x20000, 0x2ffff, 0x30000, 0x3ffff}) {
      byte value = (byte) ~chip.peek(address, 1)[0];
      send("06");
      send(String.format("02 %06x %02x", address, value));
      assertEquals(address < firstProtected, value == chip.peek(address, 1)[0], "at " + address);
    }
  }

  @Test
  void writesUpToAProtectedBlock() {
    send("06");
    send("01 08");
    byte[] before = chip.peek(0x20000, 2);
    send("06");
    send("02 01fffe 01020304");
    assertArrayEquals(new byte[] {1, 2}, chip.peek(0x1fffe, 2));
    assertArrayEquals(before, chip.peek(0x20000, 2));
    assertViolations("2 bytes from 020000 are protected");
  }

  @Test
  void answersNothingButWakeWhileAsleep() {
    chip = FramChip.powerUp("MR25H40", 1, 0x00);
    byte[] before = chip.peek(0, 524_288);
    send("06");
    send("b9");
    assertEquals("0000", send("05 00"));
    assertEquals("0000000000", send("03 000000 00"));
    send("02 000000 11");
    send("04");
    assertEquals(4, chip.violations().size());
    assertEquals("instruction 05 while the chip sleeps", chip.violations().get(0));
    send("ab");
    assertArrayEquals(before, chip.peek(0, 524_288));
    assertEquals("0002", send("05 00"));
    assertEquals(4, chip.violations().size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"FM25V20A", "MB85RS1MT", "MB85RS2MT"})
  void doesNotSleepIfItIsFram(String part) {
    chip = FramChip.powerUp(part, 1);
    send("b9");
    assertEquals("ff00", send("05 00"));
    send("ab");
    assertViolations("unknown instruction B9", "unknown instruction AB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff", "38", "3b", "9f", "00"})
  void rejectsUnknownInstructions(String instruction) {
    assertEquals("ffffff", send(instruction + "0000"));
    assertViolations("unknown instruction " + instruction.toUpperCase(Locale.ROOT));
  }

  @Test
  void ignoresUpperAddressBits() {
    send("06");
    send("02 fc0005 42");
    assertArrayEquals(new byte[] {0x42}, chip.peek(5, 1));
    assertViolations("address FC0005 beyond the array");
  }

  @Test
  void keepsContentsAndProtectionWithoutPower() {
    chip = FramChip.powerUp("MR25H40", 1);
    send("06");
    send("02 000000 010203");
    send("06");
    send("01 04");
    byte[] before = chip.peek(0, 524_288);
    send("06");
    send("b9");
    chip.powerCycle();
    assertArrayEquals(before, chip.peek(0, 524_288));
    assertEquals("ff04", send("05 00"));
    assertViolations();
  }

  @Test
  void stopsWhileHoldIsLow() {
    chip.hold(true);
    send("06");
    assertEquals("ffff", send("05 00"));
    chip.hold(false);
    assertEquals("ff00", send("05 00"));
  }

  @Test
  void listsTheModels() {
    var e = assertThrows(IllegalArgumentException.class, () -> FramChip.powerUp("23LC1024", 1));
    assertEquals(
        "there is no model of a chip '23LC1024', there are FM25V20A, MB85RS1MT, MB85RS2MT,"
            + " MR25H40",
        e.getMessage());
  }

  private String send(String hex) {
    byte[] mosi = HexFormat.of().parseHex(hex.replace(" ", ""));
    byte[] miso = new byte[mosi.length];
    chip.transfer(mosi, 0, miso, 0, mosi.length);
    return HexFormat.of().formatHex(miso);
  }

  private void assertViolations(String... expected) {
    assertEquals(List.of(expected), chip.violations());
  }
}
