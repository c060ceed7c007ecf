package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.spiram.SpiRamChip;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The driver on the model of an APS6404L, which loses what moves after 8 us of chip select. */
class PseudoStaticDriverTest {
  private static final SpiRamChip APS = SpiRamChip.byName("APS6404L");

  private final PsramChip chip = PsramChip.powerUp("APS6404L", 1);
  private final DetectionBench bench = new DetectionBench(chip);

  @ParameterizedTest
  @ValueSource(ints = {5_000_000, 5_999_999, 10_000_000, 20_000_000, 33_000_000})
  void losesNothingAtAnyClock(int hz) {
    var store = bench.open(APS, hz);
    var random = new Random(hz);
    for (int step = 0; step < 200; step++) {
      // Around the ends of pages.
      int from = 1024 * random.nextInt(8000) + 1000 + random.nextInt(30);
      var data = new byte[1 + random.nextInt(3000)];
      random.nextBytes(data);
      byte[] sent = data.clone();
      store.write(from, data, 0, data.length);
      Arrays.fill(data, (byte) 0);
      store.read(from, data, 0, data.length);
      assertArrayEquals(sent, data);
      assertArrayEquals(sent, chip.peek(from, sent.length));
    }
    assertEquals(List.of(), chip.violations());
  }

  @ParameterizedTest
  @CsvSource({"20000000, 1024, 64", "20000000, 16, 1", "20000000, 17, 2", "5000000, 10, 10"})
  void cutsTransfersToEightMicroseconds(int hz, int length, int transfers) {
    var store = bench.open(APS, hz);
    long before = bench.clock.transfers();
    long bytes = bench.clock.bytes();
    store.read(2048, new byte[length], 0, length);
    assertEquals(transfers, bench.clock.transfers() - before);
    assertEquals(length + 4 * transfers, bench.clock.bytes() - bytes);
  }

  @Test
  void cutsTransfersAtPages() {
    var store = bench.open(APS, 20_000_000);
    long before = bench.clock.transfers();
    store.write(1020, new byte[8], 0, 8);
    assertEquals(2, bench.clock.transfers() - before);
  }

  @Test
  void claimsWhatShortTransfersCost() {
    var store = bench.open(APS, 20_000_000);
    for (int length : new int[] {1, 16, 17, 33, 1024}) {
      double before = bench.clock.nanos();
      store.read(0, new byte[length], 0, length);
      // The gap is the driver's default; this clock has none.
      double real = bench.clock.nanos() - before + Math.ceilDiv(length, 16) * 15_000;
      double claimed = store.cost().readTime(length);
      assertTrue(claimed >= real - 1e-6, length + " bytes: " + claimed + " < " + real);
      assertTrue(claimed - real < 17_000, length + " bytes: " + claimed + " >> " + real);
    }
  }

  @Test
  void isResetBeforeUse() {
    var log = new StringBuilder();
    SpiDevice listening =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          if (log.length() < 6) {
            log.append(String.format("%02x", mosi[mosiFrom]));
          }
          chip.transfer(mosi, mosiFrom, miso, misoFrom, length, 10_000_000);
        };
    new DetectionBench(listening).open(APS);
    assertEquals("66999f", log.toString());
    assertEquals(List.of(), chip.violations());
  }
}
