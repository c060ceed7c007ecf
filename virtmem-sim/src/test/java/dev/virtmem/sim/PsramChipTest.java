package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PsramChipTest {
  private static final int HZ = 20_000_000;

  private final PsramChip chip = PsramChip.powerUp("aps6404l", 1);

  @BeforeEach
  void reset() {
    send("66");
    send("99");
  }

  @Test
  void writesAndReads() {
    assertEquals("ffffffffffffff", send("02 7ffffd 0a0b0c"));
    assertEquals("ffffffff0a0b0c", send("03 7ffffd 000000"));
    assertEquals("ffffffffff0a0b0c", send("0b 7ffffd 00 000000"));
    assertArrayEquals(new byte[] {10, 11, 12}, chip.peek(0x7ffffd, 3));
    assertEquals(8 << 20, chip.capacity());
    assertEquals(33_000_000, chip.maxHz());
    assertViolations();
  }

  @Test
  void wrapsInsideAPage() {
    send("02 0007fe 01020304");
    assertArrayEquals(new byte[] {1, 2}, chip.peek(0x7fe, 2));
    assertArrayEquals(new byte[] {3, 4}, chip.peek(0x400, 2));
    assertEquals("ffffffff01020304", send("03 0007fe 00000000"));
    assertViolations("4 bytes from 0007FE wrap", "4 bytes from 0007FE wrap");
  }

  @ParameterizedTest
  @CsvSource({"20000000, 16", "33000000, 29", "10000000, 6", "8000000, 4", "5000000, 1"})
  void losesWhatItWritesAfter8Microseconds(int hz, int inTime) {
    clear();
    send("02 000000" + "55".repeat(inTime), hz);
    assertViolations();
    send("02 000000" + "55".repeat(inTime + 1), hz);
    assertEquals(1, chip.violations().size());
    clear();
    send("02 000000" + "55".repeat(inTime + 100), hz);
    var written = new byte[inTime];
    Arrays.fill(written, (byte) 0x55);
    assertArrayEquals(written, chip.peek(0, inTime));
    assertGarbage(chip.peek(inTime, 100));
    assertArrayEquals(new byte[100], chip.peek(inTime + 100, 100));
    assertViolations(tooLong(4 + inTime + 1, hz), tooLong(4 + inTime + 100, hz));
  }

  private static String tooLong(int bytes, int hz) {
    return "chip select low for " + bytes + " bytes at " + hz + " Hz, more than 8000 ns";
  }

  @ParameterizedTest
  @CsvSource({"03 000000, 16", "0b 000000 00, 15"})
  void losesWhatItReadsAfter8Microseconds(String command, int inTime) {
    clear();
    send(command + "00".repeat(inTime));
    assertViolations();
    assertArrayEquals(new byte[200], chip.peek(0, 200));
    String header = "ff".repeat(20 - inTime);
    String read = send(command + "00".repeat(inTime + 100));
    assertEquals(header + "00".repeat(inTime), read.substring(0, 40));
    byte[] lost = HexFormat.of().parseHex(read.substring(40));
    assertGarbage(lost);
    assertArrayEquals(lost, chip.peek(inTime, 100));
    assertArrayEquals(new byte[100], chip.peek(inTime + 100, 100));
    assertEquals(1, chip.violations().size());
  }

  @Test
  void losesNoMoreThanAPage() {
    clear();
    send("03 000400" + "00".repeat(5000));
    assertArrayEquals(new byte[0x400], chip.peek(0, 0x400));
    assertGarbage(chip.peek(0x400, 0x400));
    assertArrayEquals(new byte[0x400], chip.peek(0x800, 0x400));
  }

  @Test
  void losesBytesBehindTheWrap() {
    clear();
    send("03 0007f8" + "00".repeat(66));
    assertArrayEquals(new byte[8], chip.peek(0x400, 8));
    assertGarbage(chip.peek(0x408, 50));
    assertArrayEquals(new byte[0x600], chip.peek(0x43a, 0x600));
  }

  private static void assertGarbage(byte[] bytes) {
    int zeros = 0;
    for (byte b : bytes) {
      zeros += b == 0 || b == 0x55 ? 1 : 0;
    }
    assertEquals(0, zeros / (bytes.length / 10), zeros + " of " + bytes.length + " are kept");
  }

  /** Writes zeros to the first 4 KiB, 16 bytes at a time. */
  private void clear() {
    for (int at = 0; at < 4096; at += 16) {
      send(String.format("02 %06x", at) + "00".repeat(16));
    }
  }

  @Test
  void tellsItsId() {
    String id = send("9f 000000 0000 000000000000");
    assertEquals("ffffffff0d5d", id.substring(0, 12));
    assertEquals(id, send("9f 123456 0000 000000000000"));
    assertEquals("ff", send("9f 000000 0000 000000000000 00").substring(24));
    var other = PsramChip.powerUp("APS6404L", 2);
    var otherId = new byte[12];
    other.transfer(HexFormat.of().parseHex("9f" + "00".repeat(11)), 0, otherId, 0, 12, HZ);
    assertFalse(id.equals(HexFormat.of().formatHex(otherId)));
    assertViolations();
    assertEquals("ffffffff", send("9f 000000"));
    assertViolations("instruction 9F cut off after 4 bytes");
  }

  @Test
  void wantsAResetAfterPowerUp() {
    byte[] before = chip.peek(0, chip.capacity());
    chip.powerCycle();
    assertFalse(Arrays.equals(before, chip.peek(0, chip.capacity())));
    send("9f 000000 0000");
    send("66");
    send("03 000000 00");
    send("99");
    assertViolations(
        "an access before the first reset", "instruction 99 without 66 right before it");
  }

  @Test
  void keepsItsContentsOverAReset() {
    byte[] before = chip.peek(0, chip.capacity());
    reset();
    assertArrayEquals(before, chip.peek(0, chip.capacity()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"01", "05", "06", "35", "eb", "ff"})
  void rejectsUnknownInstructions(String instruction) {
    assertEquals("ffffff", send(instruction + "0000"));
    assertEquals(1, chip.violations().size());
  }

  @Test
  void ignoresTheTopAddressBitAndCommandsThatAreCutOff() {
    send("02 800005 42");
    assertArrayEquals(new byte[] {0x42}, chip.peek(5, 1));
    assertEquals("ffffffffff", send("0b 000005 00"));
    assertEquals("ffffffff", send("03 000005"));
    assertViolations(
        "address 800005 beyond the array",
        "instruction 0B cut off after 5 bytes",
        "instruction 03 cut off after 4 bytes");
  }

  @Test
  void hasNoHoldLine() {
    send("02 000000 11");
    chip.hold(true);
    assertEquals("ffffffff11", send("03 000000 00"));
  }

  @Test
  void isLoggedByName() {
    assertEquals("RSTEN", chip.instruction(0x66).name());
    assertEquals(new Instruction("FAST READ", 3, 1, false), chip.instruction(0x0b));
    assertEquals("unknown 35", chip.instruction(0x35).name());
  }

  @Test
  void listsTheModels() {
    var e = assertThrows(IllegalArgumentException.class, () -> PsramChip.powerUp("23LC1024", 1));
    assertEquals("there is no model of a chip '23LC1024', there are APS6404L", e.getMessage());
  }

  private String send(String hex) {
    return send(hex, HZ);
  }

  private String send(String hex, int hz) {
    byte[] mosi = HexFormat.of().parseHex(hex.replace(" ", ""));
    var miso = new byte[mosi.length];
    chip.transfer(mosi, 0, miso, 0, mosi.length, hz);
    return HexFormat.of().formatHex(miso);
  }

  private void assertViolations(String... expected) {
    assertEquals(List.of(expected), chip.violations());
  }
}
