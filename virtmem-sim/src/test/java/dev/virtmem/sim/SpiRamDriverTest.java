package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.spi.Spi;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.StoreException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver for the real chip, through a real Pi4J context, on the model of the chip. */
class SpiRamDriverTest {
  private final VirtualClock clock = new VirtualClock(15_000);
  private Context pi4j;

  @AfterEach
  void shutDown() {
    if (pi4j != null) {
      pi4j.shutdown();
    }
  }

  /**
   * Contents, addresses, split and command lengths, against an array and the chip's own complaints.
   */
  @ParameterizedTest
  @CsvSource({
    "23LC1024, 4096",
    "23LC1024, 37",
    "23LC1024, 5",
    "23LC512, 4096",
    "23LC512, 4",
    "23K640, 37",
    "FM25V20A, 37",
    "MR25H40, 5"
  })
  void agreesWithAnArray(String part, int limit) {
    var chip = MemoryChip.byName(part, 5);
    var store =
        SpiRamStore.builder(SpiRamChip.byName(part))
            .transferLimit(limit)
            .open(context(chip, limit), 0, 0);
    int capacity = (int) store.capacity();
    byte[] model = chip.peek(0, capacity);
    var random = new Random(limit);
    for (int step = 0; step < 2000; step++) {
      int length = 1 + random.nextInt(limit < 100 ? 200 : 6000);
      int offset = random.nextInt(capacity - length + 1);
      if (random.nextBoolean()) {
        var data = new byte[length];
        random.nextBytes(data);
        store.write(offset, data, 0, length);
        System.arraycopy(data, 0, model, offset, length);
      } else {
        var data = new byte[length];
        store.read(offset, data, 0, length);
        assertArrayEquals(Arrays.copyOfRange(model, offset, offset + length), data, "step " + step);
      }
    }
    assertArrayEquals(model, chip.peek(0, capacity));
    assertEquals(List.of(), chip.violations());
  }

  @ParameterizedTest
  @CsvSource({"23LC1024, 3", "23LC512, 2"})
  void movesExactlyWhatItMust(String part, int addressBytes) {
    var store =
        SpiRamStore.builder(SpiRamChip.byName(part))
            .detect(false)
            .open(context(SramChip.powerUp(part, 1), 4096), 0, 0);
    assertEquals(3, clock.transfers());
    assertEquals(5, clock.bytes());
    int payload = 4096 - 1 - addressBytes;
    for (int length : new int[] {1, 32, 1024, payload, payload + 1, 3 * payload, 65_536}) {
      long transfers = clock.transfers();
      long bytes = clock.bytes();
      store.write(0, new byte[length], 0, length);
      store.read(0, new byte[length], 0, length);
      int parts = (length + payload - 1) / payload;
      assertEquals(2 * parts, clock.transfers() - transfers);
      assertEquals(2 * (length + parts * (1 + addressBytes)), clock.bytes() - bytes);
    }
  }

  @ParameterizedTest
  @CsvSource({"FM25V20A, 3, 4", "MR25H40, 4, 5", "23K256, 2, 4", "23LCV1024, 3, 5"})
  void startsWithoutTouchingContents(String part, int transfers, int bytes) {
    var chip = MemoryChip.byName(part, 1);
    byte[] before = chip.peek(0, chip.capacity());
    var chipOfDriver = SpiRamChip.byName(part);
    SpiRamStore.builder(chipOfDriver).detect(false).open(context(chip, 4096), 0, 0).close();
    assertArrayEquals(before, chip.peek(0, chip.capacity()));
    assertEquals(transfers, clock.transfers());
    assertEquals(bytes, clock.bytes());
    assertEquals(List.of(), chip.violations());
  }

  @Test
  void leavesNoLatchSetAfterStartUp() {
    var chip = FramChip.powerUp("FM25V20A", 1);
    SpiRamStore.builder(SpiRamChip.byName("FM25V20A")).open(context(chip, 4096), 0, 0);
    byte[] status = {5, 0};
    chip.transfer(status, 0, status, 0, 2);
    assertEquals(0, status[1]);
  }

  @Test
  void findsContentsAgainAfterPowerOff() {
    var chip = FramChip.powerUp("MB85RS2MT", 1);
    var builder = SpiRamStore.builder(SpiRamChip.byName("MB85RS2MT"));
    Context context = context(chip, 4096);
    var data = new byte[10_000];
    new Random(2).nextBytes(data);
    var store = builder.open(context, 0, 0);
    store.write(77, data, 0, data.length);
    store.close();
    chip.powerCycle();
    var again = new byte[data.length];
    builder.open(context, 0, 0).read(77, again, 0, again.length);
    assertArrayEquals(data, again);
  }

  @Test
  void wakesASleepingChip() {
    var chip = FramChip.powerUp("MR25H40", 1);
    byte[] sleep = {(byte) 0xb9};
    chip.transfer(sleep, 0, sleep, 0, 1);
    var store = SpiRamStore.builder(SpiRamChip.byName("MR25H40")).open(context(chip, 4096), 0, 0);
    store.write(4, new byte[] {7}, 0, 1);
    assertArrayEquals(new byte[] {7}, chip.peek(4, 1));
    assertEquals(List.of(), chip.violations());
  }

  /** What a driver without WREN does to a chip that needs it: the model takes nothing. */
  @Test
  void losesItsWritesWithoutWriteEnable() {
    var chip = FramChip.powerUp("FM25V20A", 1);
    byte[] before = chip.peek(0, chip.capacity());
    var wrong =
        new SpiRamChip("FM25V20A", 262_144, 3, 40_000_000, SpiRamChip.NO_MODE_REGISTER, Set.of());
    var store = SpiRamStore.builder(wrong).detect(false).open(context(chip, 4096), 0, 0);
    store.write(0, new byte[100], 0, 100);
    assertArrayEquals(before, chip.peek(0, chip.capacity()));
    assertEquals(List.of("instruction 02 without write enable"), chip.violations());
  }

  @ParameterizedTest
  @CsvSource({
    "FM25V20A, 23LC1024, status register reads 40",
    "23LC1024, FM25V20A, mode register reads 00",
    "23K256, MR25H40, mode register reads 00"
  })
  void namesThePartNumberIfAnotherKindAnswers(String part, String wired, String text) {
    var chip = MemoryChip.byName(wired, 1);
    byte[] before = chip.peek(0, chip.capacity());
    var builder = SpiRamStore.builder(SpiRamChip.byName(part));
    Context context = context(chip, 4096);
    var e = assertThrows(StoreException.class, () -> builder.open(context, 0, 0));
    assertTrue(e.getMessage().contains(text), e.getMessage());
    assertTrue(e.getMessage().contains("the part number"), e.getMessage());
    assertArrayEquals(before, chip.peek(0, chip.capacity()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"FM25V20A", "23LC1024"})
  void claimsTheCostOfAWriteThatTheClockShows(String part) {
    var chip = MemoryChip.byName(part, 1);
    var store = SpiRamStore.builder(SpiRamChip.byName(part)).open(context(chip, 4096), 0, 0);
    double before = clock.nanos();
    store.write(0, new byte[1024], 0, 1024);
    assertEquals(store.cost().writeTime(1024), clock.nanos() - before, 1e-6);
  }

  @Test
  void claimsTheCostThatTheClockShows() {
    var store =
        SpiRamStore.builder(SpiRamChip.byName("23LC1024"))
            .clock(20_000_000)
            .open(context(SramChip.powerUp("23LC1024", 1), 4096), 0, 0);
    double before = clock.nanos();
    store.read(0, new byte[1024], 0, 1024);
    assertEquals(store.cost().readTime(1024), clock.nanos() - before, 1e-6);
    // 15 us, and 1,028 bytes of 400 ns.
    assertEquals(426_200, clock.nanos() - before, 1e-6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"38", "3b", "0100", "0180"})
  void takesOverAChipInAnyState(String command) {
    var chip = SramChip.powerUp("23LC1024", 1);
    byte[] bytes = HexFormat.of().parseHex(command);
    chip.transfer(bytes, 0, bytes, 0, bytes.length);
    var store = SpiRamStore.builder(SpiRamChip.byName("23LC1024")).open(context(chip, 4096), 0, 0);
    var data = new byte[100];
    Arrays.fill(data, (byte) 9);
    store.write(20, data, 0, 100);
    assertArrayEquals(data, chip.peek(20, 100));
    assertEquals(List.of(), chip.violations());
  }

  @Test
  void opensAgainAfterClose() {
    var builder = SpiRamStore.builder(SpiRamChip.byName("23LC1024"));
    Context context = context(SramChip.powerUp("23LC1024", 1), 4096);
    var store = builder.open(context, 0, 0);
    var e = assertThrows(StoreException.class, () -> builder.open(context, 0, 0));
    assertTrue(e.getMessage().startsWith("SPI 0.0 is in use"), e.getMessage());
    store.write(5, new byte[] {1, 2, 3}, 0, 3);
    store.close();
    var data = new byte[3];
    var again = builder.open(context, 0, 0);
    again.read(5, data, 0, 3);
    assertArrayEquals(new byte[] {1, 2, 3}, data);
    assertThrows(StoreException.class, () -> store.read(5, data, 0, 3));
  }

  @Test
  void survivesTheContextsOwnEnd() {
    Context context = context(SramChip.powerUp("23LC1024", 1), 4096);
    var store = SpiRamStore.builder(SpiRamChip.byName("23LC1024")).open(context, 0, 0);
    context.shutdown();
    pi4j = null;
    store.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x00, 0xff})
  void reportsABusWithoutAChip(int floating) {
    SpiDevice nothing =
        (mosi, mosiFrom, miso, misoFrom, length) ->
            Arrays.fill(miso, misoFrom, misoFrom + length, (byte) floating);
    var e =
        assertThrows(
            StoreException.class,
            () ->
                SpiRamStore.builder(SpiRamChip.byName("23LC1024"))
                    .open(context(nothing, 4096), 0, 0));
    assertTrue(
        e.getMessage().contains(String.format("mode register reads %02X", floating)),
        e.getMessage());
    Spi spi = pi4j.create(Spi.newConfigBuilder(pi4j).id("virtmem-spi-0.0").bus(0).channel(0));
    assertTrue(spi.isOpen(), "the failed store still holds the device");
  }

  @Test
  void reportsALimitAboveTheKernels() {
    var store =
        SpiRamStore.builder(SpiRamChip.byName("23LC1024"))
            .transferLimit(4096)
            .open(context(SramChip.powerUp("23LC1024", 1), 1024), 0, 0);
    store.write(0, new byte[1020], 0, 1020);
    var e = assertThrows(StoreException.class, () -> store.write(0, new byte[1021], 0, 1021));
    assertTrue(e.getMessage().endsWith("Message too long (90)"), e.getMessage());
    assertTrue(e.getCause() instanceof Pi4JException);
  }

  private Context context(SpiDevice device, int limit) {
    pi4j =
        Pi4J.newContextBuilder()
            .add(new SimulatedSpiProvider(clock, limit).connect(0, 0, device))
            .build();
    return pi4j;
  }
}
