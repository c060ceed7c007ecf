package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.spi.Spi;
import dev.virtmem.VirtualMemory;
import dev.virtmem.spiram.SpiRamBuilder;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Several chips as one store, on models of the chips. */
class SpiRamPoolTest {
  private static final int CHIP = 65_536;
  private static final int COUNT = 3;

  private final VirtualClock clock = new VirtualClock(15_000);
  private final SramChip[] chips = new SramChip[COUNT];
  private int broken = -1;
  private Context pi4j;

  @AfterEach
  void shutDown() {
    pi4j.shutdown();
    for (SramChip chip : chips) {
      assertEquals(List.of(), chip.violations());
    }
  }

  /** Connects 23LC512s to 0.0, 0.1 and 1.0, each of which can be made to fail. */
  private SpiRamBuilder wireUp() {
    var provider = new SimulatedSpiProvider(clock);
    for (int i = 0; i < COUNT; i++) {
      int number = i;
      var chip = SramChip.powerUp("23LC512", i);
      chips[i] = chip;
      provider.connect(
          i / 2,
          i % 2,
          (mosi, mosiFrom, miso, misoFrom, length) -> {
            if (number == broken) {
              throw new Pi4JException("Remote I/O error (121)");
            }
            chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
          });
    }
    pi4j = Pi4J.newContextBuilder().add(provider).build();
    return SpiRamStore.builder(SpiRamChip.byName("23LC512")).at(0, 0).at(0, 1).at(1, 0);
  }

  private BackingStore open(int stripe) {
    var builder = wireUp();
    return (stripe == CHIP ? builder : builder.striped(stripe)).open(pi4j);
  }

  @ParameterizedTest
  @CsvSource({"65536", "1024", "64", "1"})
  void agreesWithTheChipsContents(int stripe) {
    var pool = open(stripe);
    var model = new byte[COUNT * CHIP];
    pool.write(0, model, 0, model.length);
    var random = new Random(stripe);
    for (int step = 0; step < 2000; step++) {
      var data = new byte[1 + random.nextInt(3000)];
      int at = near(random, stripe, model.length - data.length);
      if (random.nextBoolean()) {
        random.nextBytes(data);
        pool.write(at, data, 0, data.length);
        System.arraycopy(data, 0, model, at, data.length);
      } else {
        pool.read(at, data, 0, data.length);
        assertArrayEquals(Arrays.copyOfRange(model, at, at + data.length), data, "step " + step);
      }
    }
    byte[][] contents = new byte[COUNT][];
    for (int i = 0; i < COUNT; i++) {
      contents[i] = chips[i].peek(0, CHIP);
    }
    for (int i = 0; i < model.length; i++) {
      int round = i / stripe / COUNT;
      assertEquals(model[i], contents[i / stripe % COUNT][round * stripe + i % stripe], "at " + i);
    }
  }

  /** Every other time just before or behind a boundary between chips, stripes or transfers. */
  private static int near(Random random, int stripe, int most) {
    int at = random.nextInt(most + 1);
    if (random.nextBoolean()) {
      at = at / stripe * stripe + random.nextInt(-4, 5);
    }
    return Math.clamp(at, 0, most);
  }

  @ParameterizedTest
  @CsvSource({
    // What lies in one stripe is one command, else there is one for each chip.
    "65536, 0, 4093, 1",
    "65536, 65535, 1, 1",
    "65536, 65535, 2, 2",
    "1024, 1024, 1024, 1",
    "1024, 1023, 2, 2",
    "1024, 500, 3072, 3",
    "64, 64, 64, 1",
    "64, 0, 4096, 3"
  })
  void movesExactlyWhatItMust(int stripe, int offset, int length, int commands) {
    var pool = open(stripe);
    long transfers = clock.transfers();
    long bytes = clock.bytes();
    double nanos = clock.nanos();
    pool.read(offset, new byte[length], 0, length);
    assertEquals(commands, clock.transfers() - transfers);
    assertEquals(3 * commands + length, clock.bytes() - bytes);
    double claimed = pool.cost().readTime(length) + (commands - 1) * pool.cost().readNanos();
    assertEquals(claimed, clock.nanos() - nanos, 1e-3);
  }

  @ParameterizedTest
  @CsvSource({"65536, 65530, 6", "1024, 1020, 4"})
  void namesTheChipThatFailsAndWorksAfterItsReturn(int stripe, int offset, int kept) {
    var pool = open(stripe);
    var zeros = new byte[COUNT * CHIP];
    pool.write(0, zeros, 0, zeros.length);
    var data = new byte[100];
    Arrays.fill(data, (byte) 9);
    broken = 1;
    var write = assertThrows(StoreException.class, () -> pool.write(offset, data, 0, 100));
    assertEquals(
        "write of " + (100 - kept) + " bytes at offset 0 failed on SPI 0.1: Remote I/O error (121)",
        write.getMessage());
    var read = assertThrows(StoreException.class, () -> pool.read(offset, data, 0, 100));
    assertTrue(read.getMessage().contains("failed on SPI 0.1"), read.getMessage());
    pool.read(0, new byte[100], 0, 100);
    broken = -1;
    Arrays.fill(data, (byte) 9);
    pool.write(offset, data, 0, 100);
    System.arraycopy(data, 0, zeros, offset, 100);
    var all = new byte[zeros.length];
    pool.read(0, all, 0, all.length);
    assertArrayEquals(zeros, all);
  }

  @Test
  void freesTheFirstChipsIfTheLastDoesNotOpen() {
    var builder = wireUp();
    broken = 2;
    var e = assertThrows(StoreException.class, () -> builder.open(pi4j));
    assertTrue(e.getMessage().contains("SPI 1.0"), e.getMessage());
    for (int channel = 0; channel < 2; channel++) {
      Spi spi = pi4j.create(Spi.newConfigBuilder(pi4j).id("again" + channel).channel(channel));
      assertTrue(spi.isOpen(), "the failed pool still holds a device");
      pi4j.shutdown("again" + channel);
    }
    broken = -1;
    builder.open(pi4j).close();
  }

  @Test
  void servesAMemoryLargerThanAChip() {
    var pool = open(1024);
    try (var memory = VirtualMemory.builder(pool).ram(2048).open()) {
      var array = memory.allocateInts(40_000);
      for (int i = 0; i < 40_000; i++) {
        array.set(i, i * 31);
      }
      for (int i = 39_999; i >= 0; i--) {
        assertEquals(i * 31, array.get(i));
      }
    }
  }
}
