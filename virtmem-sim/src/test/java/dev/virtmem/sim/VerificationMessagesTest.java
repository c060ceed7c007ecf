package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertThrows;

import com.pi4j.io.spi.Spi;
import dev.virtmem.DocumentTable;
import dev.virtmem.spiram.SpiRamBuilder;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.spiram.Verification;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** What verification says if it gives up, against the document that explains it. */
class VerificationMessagesTest {
  private static final int HZ = 10_000_000;
  private static final byte[] DATA = new byte[1000];

  static {
    Arrays.fill(DATA, (byte) 0x55);
  }

  @Test
  void areThoseOfTheDocument() throws IOException {
    var cases = new LinkedHashMap<String, Supplier<String>>();
    cases.put("The bus is bad", () -> writes("flips:1e-3"));
    cases.put("The chip is away", () -> writes("absent"));
    cases.put("Cells are broken", () -> writes("stuck-cell:500"));
    cases.put("Too much is destroyed", VerificationMessagesTest::afterPowerOff);
    cases.put("The chip was never divided", () -> refuses(fram(), crc("FM25V20A")));
    cases.put("It was divided otherwise", () -> refuses(divided(), crc("FM25V20A").regions(30)));
    cases.put("It was divided as another part", () -> refuses(divided(), crc("MB85RS1MT")));
    DocumentTable.check("docs/spi-troubleshooting.md", "verification", cases);
  }

  private static SpiRamBuilder crc(String part) {
    return SpiRamStore.builder(SpiRamChip.byName(part)).verify(Verification.CRC);
  }

  private static BackingStore open(FaultyWire wire, SpiRamBuilder builder) {
    Spi spi = new DetectionBench(wire).connection(HZ);
    return builder.attachAll(List.of(spi));
  }

  private static FaultyWire fram() {
    return FaultyWire.powerUp("FM25V20A", Faults.NONE, 1);
  }

  private static FaultyWire divided() {
    FaultyWire wire = fram();
    open(wire, crc("FM25V20A").format());
    return wire;
  }

  private static String refuses(FaultyWire wire, SpiRamBuilder builder) {
    return assertThrows(StoreException.class, () -> open(wire, builder)).getMessage();
  }

  private static String writes(String faults) {
    var wire = FaultyWire.powerUp("23LC1024", Faults.NONE, 1);
    BackingStore store = open(wire, crc("23LC1024"));
    wire.faults(Faults.parse(faults));
    return assertThrows(StoreException.class, () -> store.write(0, DATA, 0, DATA.length))
        .getMessage();
  }

  private static String afterPowerOff() {
    var wire = FaultyWire.powerUp("23LC1024", Faults.NONE, 1);
    BackingStore store = open(wire, crc("23LC1024"));
    wire.chip().powerCycle();
    return assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1)).getMessage();
  }
}
