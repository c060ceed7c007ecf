package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.exception.Pi4JException;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each fault does to the bytes on the wire, and to the chip. */
class FaultyWireTest {
  private static final int HZ = 10_000_000;
  private static final int CAPACITY = 131_072;

  private FaultyWire wire = wire("");

  private static FaultyWire wire(String faults) {
    return FaultyWire.powerUp("23LC1024", Faults.parse(faults), 1);
  }

  private String send(String hex) {
    return send(hex, HZ);
  }

  private String send(String hex, int hz) {
    byte[] mosi = HexFormat.of().parseHex(hex.replace(" ", ""));
    var miso = new byte[mosi.length];
    wire.transfer(mosi, 0, miso, 0, mosi.length, hz);
    return HexFormat.of().formatHex(miso);
  }

  private void assertNothingReachesTheChip(String answer) {
    byte[] before = wire.chip().peek(0, CAPACITY);
    assertEquals(answer.repeat(5), send("02 000000 11"));
    assertEquals(answer.repeat(2), send("01 80"));
    assertEquals(answer.repeat(2), send("05 00"));
    wire.faults(Faults.NONE);
    assertEquals("ff40", send("05 00"));
    assertArrayEquals(before, wire.chip().peek(0, CAPACITY));
  }

  @Test
  void changesNothingWithoutFaults() {
    send("02 000102 0a0b0c");
    assertEquals("ffffffff0a0b0c", send("03 000102 000000"));
    assertEquals("23LC1024", wire.toString());
    assertEquals(List.of(), wire.chip().violations());
    assertEquals(2 * 7 * 8, wire.chip().clocks());
  }

  @Test
  void floatsHighWithoutAChip() {
    wire = wire("absent");
    assertEquals("23LC1024 with absent", wire.toString());
    assertNothingReachesTheChip("ff");
  }

  @Test
  void floatsLowWithoutAChip() {
    wire = wire("absent:low");
    assertNothingReachesTheChip("00");
  }

  @Test
  void stopsWhileHoldIsLow() {
    wire = wire("hold");
    assertNothingReachesTheChip("ff");
  }

  @Test
  void hasAnotherChipThanTheDriverIsTold() {
    wire = wire("wired:23lc512");
    assertEquals("23LC512", wire.chip().part());
    send("02 0102 77");
    assertArrayEquals(new byte[] {0x77}, wire.chip().peek(0x102, 1));
    var e =
        assertThrows(
            IllegalArgumentException.class, () -> wire.faults(Faults.parse("wired:23LC1024")));
    assertEquals("a 23LC512 is wired and cannot become a 23LC1024", e.getMessage());
    wire.faults(Faults.parse("wired:23LC512,absent"));
    assertThrows(
        IllegalArgumentException.class,
        () -> FaultyWire.to(SramChip.powerUp("23LC1024", 1), Faults.parse("wired:FM25V20A"), 1));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 9, 16})
  void hasAnAddressBitThatIsAlwaysZero(int bit) {
    int address = 1 << bit;
    send(String.format("02 %06x 55", address));
    send("02 000000 66");
    wire.faults(Faults.parse("stuck-address:" + bit));
    assertEquals("ffffffff66", send(String.format("03 %06x 00", address)));
    send(String.format("02 %06x 77", address));
    assertArrayEquals(new byte[] {0x77}, wire.chip().peek(0, 1));
    assertArrayEquals(new byte[] {0x55}, wire.chip().peek(address, 1));
    // In mid-transfer as well.
    send(String.format("02 %06x 0102", address - 1));
    assertArrayEquals(new byte[] {2}, wire.chip().peek(0, 1));
    wire.faults(Faults.NONE);
    assertEquals("ffffffff55", send(String.format("03 %06x 00", address)));
  }

  @Test
  void hasACellWhoseFirstBitCannotBeSet() {
    send("02 000004 ffffff");
    wire.faults(Faults.parse("stuck-cell:5"));
    assertEquals("fffffffffffeff", send("03 000004 000000"));
    send("02 000004 010101");
    assertEquals("ffffffff010001", send("03 000004 000000"));
    send("02 000004 fffffe");
    assertEquals("fffffffffffefe", send("03 000004 000000"));
    assertEquals("ff40", send("05 00"));
  }

  @Test
  void hasACellThatIsStuckAfterPowerUpToo() {
    wire = wire("stuck-cell:5");
    for (int i = 0; i < 20; i++) {
      wire.chip().powerCycle();
      assertEquals(0, wire.chip().peek(5, 1)[0] & 1);
    }
  }

  @Test
  void hasADataBitThatReadsAsZero() {
    wire = wire("stuck-data:6");
    send("02 000000 ffff40bf");
    assertEquals("ffffffffbfbf00bf", send("03 000000 00000000"));
    assertArrayEquals(new byte[] {-1, -1, 0x40, (byte) 0xbf}, wire.chip().peek(0, 4));
    // The mode register is not a part of the array.
    assertEquals("ff40", send("05 00"));
  }

  @ParameterizedTest
  @CsvSource({
    "stuck-address:17, stuck-address must be a bit from 0 to 16 for a chip of 131072 bytes",
    "stuck-cell:131072, stuck-cell must be an offset below 131072 for this chip"
  })
  void refusesWhatTheChipCannotHave(String fault, String message) {
    var faults = Faults.parse(fault);
    var e = assertThrows(IllegalArgumentException.class, () -> wire.faults(faults));
    assertTrue(e.getMessage().contains(message), e.getMessage());
    assertEquals("", wire.faults().toString());
  }

  /**
   * Ten times all of the array in one transfer, so that only 320 of 10 million bits are no data.
   */
  @Test
  void flipsBitsOnTheWayToTheChip() {
    var data = new byte[4 + CAPACITY];
    data[0] = 2;
    long flips = 0;
    for (int round = 0; round < 10; round++) {
      wire.faults(Faults.parse("flips:1e-4"));
      wire.transfer(data, 0, new byte[data.length], 0, data.length, HZ);
      wire.faults(Faults.NONE);
      flips += BitSet.valueOf(wire.chip().peek(0, CAPACITY)).cardinality();
    }
    assertRate(1e-4, flips);
    assertEquals(2, data[0]);
    assertEquals(0, BitSet.valueOf(Arrays.copyOfRange(data, 1, data.length)).cardinality());
  }

  @ParameterizedTest
  @CsvSource({
    "'flips:1e-4', 1e-4",
    "'read-flips:1e-4', 1e-4",
    "'flips:1e-4,read-flips:1e-3', 1.1e-3"
  })
  void flipsBitsOnTheWayToTheHost(String faults, double rate) {
    zeros();
    long flips = 0;
    for (int round = 0; round < 10; round++) {
      wire.faults(Faults.parse(faults));
      flips += onesRead(HZ);
    }
    assertRate(rate, flips);
    assertEquals(0, BitSet.valueOf(wire.chip().peek(0, CAPACITY)).cardinality());
    wire.faults(Faults.NONE);
    assertEquals(0, onesRead(HZ));
  }

  @Test
  void flipsNothingOnTheWayToTheChipIfOnlyReadsSuffer() {
    wire = wire("read-flips:0.3");
    for (int i = 0; i < 1000; i++) {
      send("02 000000 0000000000000000");
      send("03 000000 00");
      assertArrayEquals(new byte[8], wire.chip().peek(0, 8));
    }
    assertEquals(List.of(), wire.chip().violations());
  }

  /** Of 1,000 commands of 32 bits, each bit of which flips once in 100 times, 725 stay whole. */
  @Test
  void flipsBitsOfInstructionsAndAddresses() {
    wire = wire("flips:0.01");
    for (int i = 0; i < 1000; i++) {
      send("03 000000 00");
    }
    long instructions =
        wire.chip().violations().stream().filter(line -> line.startsWith("unknown")).count();
    long addresses =
        wire.chip().violations().stream().filter(line -> line.startsWith("address")).count();
    assertTrue(instructions > 0 && addresses > 0, () -> wire.chip().violations().toString());
  }

  /** In a part of an array that is used for both directions, as drivers do. */
  @Test
  void flipsBitsInAPartOfAnArray() {
    wire = wire("flips:1");
    var bytes = new byte[] {1, 2, 3, (byte) ~5, 0, 4};
    wire.transfer(bytes, 3, bytes, 3, 2, HZ);
    // All bits of 05 were flipped on the way there, and those of FF 40 on the way back.
    assertArrayEquals(new byte[] {1, 2, 3, 0, (byte) ~0x40, 4}, bytes);
    bytes = new byte[] {1, (byte) ~5, 0, 4, 5};
    wire.transfer(bytes, 1, bytes, 0, 2, HZ);
    assertArrayEquals(new byte[] {0, (byte) ~0x40, 0, 4, 5}, bytes);
  }

  @Test
  void flipsTheSameBitsForTheSameSeed() {
    wire = wire("flips:0.05");
    String first = traffic();
    wire = wire("flips:0.05");
    assertEquals(first, traffic());
    wire = FaultyWire.to(MemoryChip.byName("23LC1024", 1), Faults.parse("flips:0.05"), 2);
    assertFalse(first.equals(traffic()));
  }

  private String traffic() {
    var answers = new StringBuilder();
    for (int i = 0; i < 100; i++) {
      answers.append(send("03 000000 00000000000000000000"));
    }
    return answers.toString();
  }

  @Test
  void standsNoHigherClockThanItsLimit() {
    wire = wire("limit:8000000");
    zeros();
    assertEquals(0, onesRead(8_000_000));
    assertEquals(0, onesRead(1_000_000));
    long few = onesRead(8_080_000);
    long many = onesRead(8_800_000);
    assertEquals(CAPACITY * 8 * 1e-3, few, 4 * Math.sqrt(CAPACITY * 8 * 1e-3));
    assertEquals(CAPACITY * 8 * 1e-2, many, 4 * Math.sqrt(CAPACITY * 8 * 1e-2));
    // The clock of a device that is not told of it is one that it stands.
    var all = new byte[4 + CAPACITY];
    all[0] = 3;
    var read = new byte[all.length];
    wire.transfer(all, 0, read, 0, all.length);
    assertEquals(0, ones(read));
    assertEquals(List.of(), wire.chip().violations());
  }

  @Test
  void standsNoHigherClockThanTheChipsLimitByItself() {
    zeros();
    assertEquals(0, onesRead(20_000_000));
    assertEquals(CAPACITY * 8 * 5e-2, onesRead(30_000_000), 4 * Math.sqrt(CAPACITY * 8 * 5e-2));
    assertEquals(
        List.of("clock of 30000000 Hz, above the limit of 20000000 Hz"), wire.chip().violations());
    assertEquals(0, onesRead(20_000_000));
  }

  @Test
  void failsAsPi4jDoesAndComesBack() {
    wire = wire("error-at:2-3");
    assertEquals("ff40", send("05 00"));
    byte[] before = wire.chip().peek(0, CAPACITY);
    var e = assertThrows(Pi4JException.class, () -> send("02 000000 11"));
    assertTrue(e.getMessage().contains("[02, 00, 00, 00, 11]"), e.getMessage());
    assertTrue(e.getMessage().endsWith("Remote I/O error (121)"), e.getMessage());
    assertThrows(Pi4JException.class, () -> send("02 000000 11"));
    assertArrayEquals(before, wire.chip().peek(0, CAPACITY));
    send("02 000000 11");
    assertArrayEquals(new byte[] {0x11}, wire.chip().peek(0, 1));
  }

  @Test
  void countsTransfersFromWhenTheFaultsAreSet() {
    send("05 00");
    wire.faults(Faults.parse("error-at:1"));
    assertThrows(Pi4JException.class, () -> send("05 00"));
    send("05 00");
  }

  @Test
  void goesSilent() {
    wire = wire("silent-from:3");
    assertEquals("ff40", send("05 00"));
    assertEquals("ff40", send("05 00"));
    assertNothingReachesTheChip("ff");
  }

  private void zeros() {
    var data = new byte[4 + CAPACITY];
    data[0] = 2;
    wire.transfer(data, 0, new byte[data.length], 0, data.length);
  }

  /** Reads all of the array, which holds zeros, and counts the ones. */
  private long onesRead(int hz) {
    var command = new byte[4 + CAPACITY];
    command[0] = 3;
    var read = new byte[command.length];
    wire.transfer(command, 0, read, 0, command.length, hz);
    return ones(read);
  }

  private static long ones(byte[] read) {
    return BitSet.valueOf(Arrays.copyOfRange(read, 4, read.length)).cardinality();
  }

  private static void assertRate(double rate, long flips) {
    double expected = 10 * CAPACITY * 8 * rate;
    assertEquals(expected, flips, 4 * Math.sqrt(expected));
  }
}
