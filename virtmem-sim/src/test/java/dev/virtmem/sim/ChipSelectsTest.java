package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Chip selects of a pool that do not reach a chip each. */
class ChipSelectsTest {
  private static final SpiDevice NOTHING =
      (mosi, mosiFrom, miso, misoFrom, length) ->
          Arrays.fill(miso, misoFrom, misoFrom + length, (byte) 0xff);

  private final VirtualClock clock = new VirtualClock(0);
  private Context pi4j;

  @AfterEach
  void shutDown() {
    pi4j.shutdown();
  }

  private BackingStore open(String part, SpiDevice... devices) {
    var provider = new SimulatedSpiProvider(clock);
    var builder = SpiRamStore.builder(SpiRamChip.byName(part));
    for (int channel = 0; channel < devices.length; channel++) {
      provider.connect(0, channel, devices[channel]);
      builder.at(0, channel);
    }
    pi4j = Pi4J.newContextBuilder().add(provider).build();
    return builder.open(pi4j);
  }

  @ParameterizedTest
  @CsvSource({"23LC1024, noise", "23LC512, zeros", "FM25V20A, noise", "FM25V20A, ones"})
  void findsTwoThatReachTheSameChip(String part, String kind) {
    var chip = DetectionBench.chip(part, kind);
    var other = DetectionBench.chip(part, kind);
    byte[] before = chip.peek(0, chip.capacity());
    var e = assertThrows(StoreException.class, () -> open(part, other, chip, chip));
    assertTrue(
        e.getMessage().startsWith("SPI 0.1 and SPI 0.2 reach the same chip"), e.getMessage());
    assertArrayEquals(before, chip.peek(0, chip.capacity()));
    assertArrayEquals(before, other.peek(0, chip.capacity()));
  }

  @Test
  void findsThatTheLinesOfTwoChipsAreTied() {
    var one = DetectionBench.chip("23LC1024", "zeros");
    var two = DetectionBench.chip("23LC1024", "zeros");
    SpiDevice both =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          byte[] sent = Arrays.copyOfRange(mosi, mosiFrom, mosiFrom + length);
          one.transfer(sent, 0, miso, misoFrom, length);
          var answer = new byte[length];
          two.transfer(sent, 0, answer, 0, length);
          for (int i = 0; i < length; i++) {
            miso[misoFrom + i] &= answer[i];
          }
        };
    var e = assertThrows(StoreException.class, () -> open("23LC1024", both, both));
    assertTrue(e.getMessage().contains("reach the same chip"), e.getMessage());
    assertArrayEquals(new byte[131_072], two.peek(0, 131_072));
  }

  @Test
  void comparesAMissingChipWithThoseThatAnswer() {
    var chip = DetectionBench.chip("23LC1024", "noise");
    var e = assertThrows(StoreException.class, () -> open("23LC1024", chip, NOTHING));
    assertTrue(e.getMessage().startsWith("no 23LC1024 on SPI 0.1 at"), e.getMessage());
    assertTrue(
        e.getMessage()
            .endsWith(
                "On this bus SPI 0.0 works: look first at what is this chip's own,"
                    + " as chip select, power and HOLD"),
        e.getMessage());
  }

  @ParameterizedTest
  @CsvSource({"MR25H40, zeros", "APS6404L, noise", "23LC1024, noise", "23K640, ones"})
  void needsFewerThan64TransfersForEachOfEightChips(String part, String kind) {
    var chips = new MemoryChip[8];
    for (int i = 0; i < chips.length; i++) {
      chips[i] = DetectionBench.chip(part, kind);
    }
    byte[] before = chips[0].peek(0, chips[0].capacity());
    open(part, (SpiDevice[]) chips).close();
    assertTrue(clock.transfers() < 8 * 64, clock.transfers() + " transfers");
    for (MemoryChip chip : chips) {
      assertArrayEquals(before, chip.peek(0, chip.capacity()));
      assertEquals(List.of(), chip.violations());
    }
  }
}
