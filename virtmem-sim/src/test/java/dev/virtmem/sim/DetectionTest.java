package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.exception.Pi4JException;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamChip.Trait;
import dev.virtmem.store.StoreException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What start-up finds out of a chip's contents, and in which state it leaves them. */
class DetectionTest {
  private static final SpiRamChip PLAIN =
      SpiRamChip.describe("PLAIN").capacity(65_536).maxHz(10_000_000).build();

  private static byte[] all(MemoryChip chip) {
    return chip.peek(0, chip.capacity());
  }

  private static String failure(SpiDevice device, SpiRamChip declared) {
    var bench = new DetectionBench(device);
    return assertThrows(StoreException.class, () -> bench.open(declared)).getMessage();
  }

  private static void assertContains(String text, String message) {
    assertTrue(message.contains(text), message);
  }

  /** With contents that leave nothing open, no WRITE and no WREN before one goes to the chip. */
  @ParameterizedTest
  @ValueSource(strings = {"FM25V20A", "MR25H40", "23LCV512", "23LCV1024"})
  void writesNothingToANonVolatileChipUnlessItMust(String part) {
    var chip = DetectionBench.chip(part, "noise");
    var writes = new int[1];
    SpiDevice device =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          writes[0] += mosi[mosiFrom] == 2 ? 1 : 0;
          chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
        };
    new DetectionBench(device).open(part);
    assertEquals(0, writes[0]);
  }

  /** A single failing transfer anywhere, before or after it had its effect. */
  @ParameterizedTest
  @CsvSource({
    "FM25V20A, FM25V20A, false", "FM25V20A, FM25V20A, true",
    "MR25H40, MB85RS1MT, false", "MR25H40, MB85RS1MT, true",
    "23LCV512, 23LCV512, false", "23LCV512, 23LCV512, true",
    "23LCV1024, 23LCV512, false", "23LCV1024, 23LCV512, true",
    "23LCV512, 23LCV1024, false", "23LCV512, 23LCV1024, true"
  })
  void putsContentsBackIfAnyTransferFails(String declared, String real, boolean late) {
    boolean failed = true;
    for (int failing = 1; failed; failing++) {
      var chip = DetectionBench.chip(real, "zeros");
      byte[] before = all(chip);
      var count = new int[1];
      int number = failing;
      var bench =
          new DetectionBench(
              (mosi, mosiFrom, miso, misoFrom, length) -> {
                boolean fails = ++count[0] == number;
                if (!fails || late) {
                  chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
                }
                if (fails) {
                  throw new Pi4JException("Remote I/O error (121)");
                }
              });
      if (declared.equals(real)) {
        try {
          bench.open(declared);
        } catch (StoreException e) {
          assertContains("Remote I/O error (121)", e.getMessage());
        }
      } else {
        assertThrows(StoreException.class, () -> bench.open(declared));
      }
      failed = count[0] >= number;
      assertArrayEquals(before, all(chip), "transfer " + failing);
    }
  }

  /** Also if it has something else to say: the bytes are nowhere but in this message. */
  @Test
  void saysWhichBytesItCouldNotPutBackBesideWhatEndedIt() {
    var chip = DetectionBench.chip("23K256", "zeros");
    var writes = new int[1];
    SpiDevice device =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          // The probe of the address bytes makes three, and the one of the size overwrites.
          if (mosi[mosiFrom] != 2 || ++writes[0] <= 4) {
            chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
          }
        };
    String message =
        assertThrows(StoreException.class, () -> new DetectionBench(device).open("23LC512"))
            .getMessage();
    assertContains("does not keep what is written", message);
    assertContains(
        ". Also: start-up could not put back the bytes 0000000000000000 at address 0000", message);
  }

  @Test
  void saysWhichBytesItCouldNotPutBack() {
    var chip = DetectionBench.chip("FM25V20A", "zeros");
    var writes = new int[1];
    SpiDevice device =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          if (mosi[mosiFrom] == 2 && ++writes[0] > 1) {
            throw new Pi4JException("Remote I/O error (121)");
          }
          chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
        };
    assertEquals(
        "start-up could not put back the bytes 0000000000000000 at address 0000ff of the chip on"
            + " SPI 0.0",
        failure(device, SpiRamChip.byName("FM25V20A")));
    assertEquals(4, writes[0]);
  }

  @ParameterizedTest
  @ValueSource(strings = {"noise", "zeros", "ones"})
  void acceptsADescribedPartThatKeepsWhatIsWritten(String kind) {
    // In sequential mode after power-up, it needs neither register nor latch.
    var chip = DetectionBench.chip("23LC512", kind);
    byte[] before = all(chip);
    new DetectionBench(chip).open(PLAIN);
    assertArrayEquals(before, all(chip));
    // It is asked whether it is a pseudo-static RAM.
    assertEquals(List.of("unknown instruction 9F"), chip.violations());
  }

  @ParameterizedTest
  @CsvSource({"255, 'read FFFFFFFFFFFFFFFF. All bits 1'", "0, 'read 0000000000000000. All bits 0'"})
  void findsThatAPartWithoutRegistersIsMissing(int floating, String text) {
    SpiDevice nothing =
        (mosi, mosiFrom, miso, misoFrom, length) ->
            Arrays.fill(miso, misoFrom, misoFrom + length, (byte) floating);
    String message = failure(nothing, PLAIN);
    assertContains("no PLAIN on SPI 0.0 at 10000000 Hz: wrote ", message);
    assertContains(text, message);
  }

  /** A line to the host that shows what the host sends. */
  @Test
  void isNotTakenInByAnEcho() {
    SpiDevice echo =
        (mosi, mosiFrom, miso, misoFrom, length) ->
            System.arraycopy(mosi, mosiFrom, miso, misoFrom, length);
    assertContains("no PLAIN on SPI 0.0", failure(echo, PLAIN));
    assertContains("no 23LC1024", failure(echo, SpiRamChip.byName("23LC1024")));
    assertContains("no FM25V20A", failure(echo, SpiRamChip.byName("FM25V20A")));
    assertContains("no APS6404L", failure(echo, SpiRamChip.byName("APS6404L")));
  }

  @ParameterizedTest
  @CsvSource({
    "FM25V20A, But an FRAM or MRAM answers",
    "23K256, But a serial SRAM answers",
    "APS6404L, But a pseudo-static RAM answers"
  })
  void namesTheKindThatIsThereInsteadOfADescribedPart(String real, String text) {
    for (String kind : List.of("noise", "zeros")) {
      var chip = DetectionBench.chip(real, kind);
      if (real.equals("23K256")) {
        // As after power-up: a single byte in a transfer.
        chip.transfer(new byte[] {1, 0}, 0, new byte[2], 0, 2);
      }
      byte[] before = all(chip);
      assertContains(
          text,
          failure(
              chip,
              new SpiRamChip(
                  "PLAIN",
                  65_536,
                  chip.instruction(2).addressBytes(),
                  10_000_000,
                  SpiRamChip.NO_MODE_REGISTER,
                  Set.of())));
      assertArrayEquals(before, all(chip), kind);
    }
  }

  /** Left set by a program that died, a latch lets the first write through, but not the second. */
  @Test
  void putsContentsBackEvenIfALatchWasSetByChance() {
    var chip = DetectionBench.chip("MB85RS1MT", "noise");
    chip.transfer(new byte[] {6}, 0, new byte[1], 0, 1);
    byte[] before = all(chip);
    var wrong = SpiRamChip.describe("PLAIN").capacity(131_072).maxHz(10_000_000).build();
    failure(chip, wrong);
    assertArrayEquals(before, all(chip));
  }

  @Test
  void findsAnUnsteadyChip() {
    var chip = DetectionBench.chip("23LC1024", "noise");
    var reads = new int[1];
    SpiDevice noisy =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          boolean read = mosi[mosiFrom] == 3;
          chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
          if (read && ++reads[0] == 3) {
            miso[misoFrom + length - 1] ^= 1;
          }
        };
    String message = failure(noisy, SpiRamChip.byName("23LC1024"));
    assertContains("the 23LC1024 on SPI 0.0 answers unsteadily at 10000000 Hz: two reads", message);
    assertContains("try a lower clock", message);
  }

  @ParameterizedTest
  @CsvSource({"3, noise", "3, zeros", "9, noise", "9, ones", "15, zeros"})
  void findsAStuckAddressBit(int bit, String kind) {
    var chip = DetectionBench.chip("23LC1024", kind);
    var wire = FaultyWire.to(chip, Faults.parse("stuck-address:" + bit), 1);
    String message = failure(wire, SpiRamChip.byName("23LC1024"));
    assertContains("the 23LC1024 on SPI 0.0 ignores address bit " + bit + ": addresses", message);
  }

  @Test
  void findsThatTheLowestAddressBitIsStuck() {
    var chip = DetectionBench.chip("FM25V20A", "noise");
    byte[] before = all(chip);
    SpiDevice stuck =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          byte[] sent = Arrays.copyOfRange(mosi, mosiFrom, mosiFrom + length);
          if (sent[0] == 2 || sent[0] == 3) {
            sent[3] &= ~1;
          }
          chip.transfer(sent, 0, miso, misoFrom, length);
        };
    assertContains("ignores address bit 0", failure(stuck, SpiRamChip.byName("FM25V20A")));
    assertArrayEquals(before, all(chip));
  }

  @Test
  void findsAChipThatTakesNoWrites() {
    var chip = DetectionBench.chip("23LC1024", "zeros");
    SpiDevice readOnly =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          if (mosi[mosiFrom] != 2) {
            chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
          }
        };
    String message = failure(readOnly, SpiRamChip.byName("23LC1024"));
    assertContains(
        "the 23LC1024 on SPI 0.0 answers at 10000000 Hz, but does not keep what is written",
        message);
  }

  @ParameterizedTest
  @CsvSource({"23LC1024, 5", "23LC512, 4", "FM25V20A, 6", "23LCV512, 5", "23K640, 37"})
  void keepsToTheLimitOfTransfers(String part, int limit) {
    for (String kind : List.of("noise", "zeros", "marks")) {
      var chip = DetectionBench.chip(part, kind);
      byte[] before = all(chip);
      var bench = new DetectionBench(chip, limit);
      bench.open(part);
      assertArrayEquals(before, all(chip));
      assertEquals(List.of(), chip.violations());
      assertTrue(bench.clock.transfers() < 64, bench.clock.transfers() + " transfers");
    }
  }

  @ParameterizedTest
  @CsvSource({"256, 1", "512, 2", "1000, 2"})
  void takesSmallDescribedParts(int capacity, int addressBytes) {
    var array = new byte[capacity];
    SpiDevice small =
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          byte[] sent = Arrays.copyOfRange(mosi, mosiFrom, mosiFrom + length);
          Arrays.fill(miso, misoFrom, misoFrom + length, (byte) 0xff);
          int address = 0;
          for (int i = 1; i <= addressBytes; i++) {
            address = address << 8 | sent[i] & 0xff;
          }
          for (int i = 1 + addressBytes; i < length; i++, address++) {
            if (sent[0] == 2) {
              array[address % capacity] = sent[i];
            } else if (sent[0] == 3) {
              miso[misoFrom + i] = array[address % capacity];
            }
          }
        };
    var declared = SpiRamChip.describe("SMALL").capacity(capacity).addressBytes(addressBytes);
    new DetectionBench(small).open(declared.build());
    assertArrayEquals(new byte[capacity], array);
  }

  @Test
  void describesAPartOfTheTableByHand() {
    var chip = DetectionBench.chip("MB85RS2MT", "zeros");
    var described =
        SpiRamChip.describe("MINE")
            .capacity(262_144)
            .maxHz(25_000_000)
            .traits(Trait.WRITE_ENABLE, Trait.NON_VOLATILE)
            .build();
    try (var store = new DetectionBench(chip).open(described)) {
      store.write(262_140, new byte[] {1, 2, 3, 4}, 0, 4);
    }
    assertArrayEquals(new byte[] {1, 2, 3, 4}, chip.peek(262_140, 4));
    assertEquals(List.of(), chip.violations());
  }
}
