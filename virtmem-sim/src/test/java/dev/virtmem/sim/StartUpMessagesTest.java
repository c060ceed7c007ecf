package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.pi4j.Pi4J;
import dev.virtmem.DocumentTable;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What the driver says of each fault, against the document that explains it. */
class StartUpMessagesTest {
  @Test
  void areThoseOfTheDocument() throws IOException {
    var cases = new LinkedHashMap<String, Supplier<String>>();
    missing(cases);
    wrongPart(cases);
    cases.put("Two chip selects reach one chip", () -> two(null));
    cases.put("The chip is write-protected", StartUpMessagesTest::writeProtected);
    cases.put("The clock is too high, or the wires too long", () -> answers(0x41, -1));
    cases.put("Reads are not steady", () -> answers(0x40, 3));
    cases.put("Writes do not arrive", StartUpMessagesTest::readOnly);
    cases.put("An address bit is stuck", () -> open("23LC1024", "23LC1024", "stuck-address:9"));
    cases.put("A transfer fails while a program runs", StartUpMessagesTest::failsLater);
    DocumentTable.check("docs/spi-troubleshooting.md", "start-up", cases);
  }

  private static void missing(Map<String, Supplier<String>> cases) {
    cases.put("No chip, and MISO is high", () -> open("23LC1024", "23LC1024", "absent"));
    cases.put("No chip, and MISO is low", () -> open("23LC1024", "23LC1024", "absent:low"));
    cases.put("HOLD is low", () -> open("23LC1024", "23LC1024", "hold"));
    cases.put("No FRAM or MRAM", () -> open("FM25V20A", "FM25V20A", "absent"));
    cases.put("No APS6404L", () -> open("APS6404L", "APS6404L", "absent"));
    var custom = SpiRamChip.describe("custom").capacity(8192).maxHz(10_000_000).build();
    cases.put("No `chip=custom`", () -> failure(custom, wire("23K640", "absent")));
    cases.put("One of several chips does not answer", () -> two(wire("23LC1024", "absent")));
  }

  private static void wrongPart(Map<String, Supplier<String>> cases) {
    cases.put("The chip is smaller than its part number", () -> open("23LC512", "23K256", ""));
    cases.put("It takes two address bytes, not three", () -> open("23LC1024", "23LC512", ""));
    cases.put("It takes three address bytes, not two", () -> open("23LC512", "23LC1024", ""));
    cases.put("It is an FRAM or MRAM, not SRAM", () -> open("23LC1024", "FM25V20A", ""));
    cases.put("It is SRAM, not an FRAM or MRAM", () -> open("FM25V20A", "23LC1024", ""));
    cases.put("It is an APS6404L, not SRAM", () -> open("23LC1024", "APS6404L", ""));
  }

  private static FaultyWire wire(String real, String faults) {
    return FaultyWire.powerUp(real, Faults.parse(faults), 1);
  }

  private static String open(String declared, String real, String faults) {
    return failure(SpiRamChip.byName(declared), wire(real, faults));
  }

  private static String failure(SpiRamChip declared, SpiDevice device) {
    var bench = new DetectionBench(device);
    return assertThrows(StoreException.class, () -> bench.open(declared)).getMessage();
  }

  /** Opens two chips on one bus; the second is the first one again if none is given. */
  private static String two(SpiDevice second) {
    SpiDevice first = wire("23LC1024", "");
    var provider = new SimulatedSpiProvider(new VirtualClock(0));
    provider.connect(0, 0, first).connect(0, 1, second == null ? first : second);
    var pi4j = Pi4J.newContextBuilder().add(provider).build();
    try {
      var builder = SpiRamStore.builder(SpiRamChip.byName("23LC1024")).at(0, 0).at(0, 1);
      return assertThrows(StoreException.class, () -> builder.open(pi4j)).getMessage();
    } finally {
      pi4j.shutdown();
    }
  }

  private static String writeProtected() {
    var chip = FramChip.powerUp("FM25V20A", 1);
    chip.transfer(new byte[] {6}, 0, new byte[1], 0, 1);
    chip.transfer(new byte[] {1, 0x0c}, 0, new byte[2], 0, 2);
    return failure(SpiRamChip.byName("FM25V20A"), chip);
  }

  /** A 23LC1024 whose mode register reads as given, and one of whose reads has a wrong bit. */
  private static String answers(int mode, int wrongRead) {
    var chip = MemoryChip.byName("23LC1024", 1);
    var reads = new int[1];
    return failure(
        SpiRamChip.byName("23LC1024"),
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          int instruction = mosi[mosiFrom];
          chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
          if (instruction == 5) {
            miso[misoFrom + 1] = (byte) mode;
          } else if (instruction == 3 && ++reads[0] == wrongRead) {
            miso[misoFrom + length - 1] ^= 1;
          }
        });
  }

  private static String readOnly() {
    var chip = DetectionBench.chip("23LC1024", "zeros");
    return failure(
        SpiRamChip.byName("23LC1024"),
        (mosi, mosiFrom, miso, misoFrom, length) -> {
          if (mosi[mosiFrom] != 2) {
            chip.transfer(mosi, mosiFrom, miso, misoFrom, length);
          }
        });
  }

  private static String failsLater() {
    var wire = wire("23LC1024", "");
    var store = new DetectionBench(wire).open("23LC1024");
    wire.faults(Faults.parse("error-at:1"));
    return assertThrows(StoreException.class, () -> store.read(100, new byte[4], 0, 4))
        .getMessage();
  }
}
