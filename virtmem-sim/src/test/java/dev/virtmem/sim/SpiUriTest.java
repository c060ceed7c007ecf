package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.context.Context;
import com.pi4j.extension.Plugin;
import com.pi4j.extension.PluginService;
import dev.virtmem.spiram.Verification;
import dev.virtmem.spiram.VerifiedStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.Stores;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Opens {@code spi:} URIs with a Pi4J provider that Pi4J finds by itself, as on a Raspberry Pi. */
class SpiUriTest {
  private static SramChip chip;
  private static SramChip second;
  private static VirtualClock clock;
  private static Context pi4j;

  /** What a Pi4J provider's jar has. */
  public static final class SimulatedHardware implements Plugin {
    /** Creates the plug-in, for Pi4J's service loader. */
    public SimulatedHardware() {}

    @Override
    public void initialize(PluginService service) {
      pi4j = service.context();
      service.register(new SimulatedSpiProvider(clock).connect(0, 1, chip).connect(0, 2, second));
    }
  }

  @BeforeEach
  void wireUp() {
    chip = SramChip.powerUp("23LC1024", 8);
    second = SramChip.powerUp("23LC1024", 9);
    clock = new VirtualClock(0);
  }

  @Test
  void drivesTheChipAndEndsItsContext() {
    var store = Stores.open("spi:0.1?chip=23LC1024&hz=8000000&gap=0&limit=100&detect=no");
    assertEquals(5 * 1000, clock.nanos());
    assertEquals(4000, store.cost().readNanos());
    store.write(9, new byte[] {1, 2, 3}, 0, 3);
    assertArrayEquals(new byte[] {1, 2, 3}, chip.peek(9, 3));
    long transfers = clock.transfers();
    store.read(0, new byte[97], 0, 97);
    assertEquals(2, clock.transfers() - transfers);
    store.close();
    assertTrue(pi4j.isShutdown());
    store.close();
    assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1));
    assertEquals(List.of(), chip.violations());
  }

  @Test
  void verifies() {
    var uri = "spi:0.1,0.2?chip=23LC1024&verify=crc&regions=7&retries=3";
    try (var store = assertInstanceOf(VerifiedStore.class, Stores.open(uri))) {
      store.write(0, new byte[] {1, 2, 3}, 0, 3);
      assertEquals(Verification.Counts.NONE, store.counts());
      assertTrue(store.bufferBytes() > 0);
    }
    // The header is a line, so that its data begin the chip.
    assertEquals("virtmem crc", new String(chip.peek(0, 11), StandardCharsets.US_ASCII));
    assertArrayEquals(new byte[] {1, 2, 3}, chip.peek(68, 3));
  }

  @Test
  void stripesSeveralChips() {
    try (var store = Stores.open("spi:0.2,0.1?chip=23LC1024&layout=striped&stripe=64")) {
      assertEquals(2 * 131_072, store.capacity());
      store.write(62, new byte[] {1, 2, 3, 4}, 0, 4);
    }
    assertArrayEquals(new byte[] {1, 2}, second.peek(62, 2));
    assertArrayEquals(new byte[] {3, 4}, chip.peek(0, 2));
    assertTrue(pi4j.isShutdown());
  }

  @Test
  void concatenatesSeveralChipsByDefault() {
    try (var store = Stores.open("spi:0.1,0.2?chip=23LC1024")) {
      store.write(131_071, new byte[] {1, 2}, 0, 2);
    }
    assertArrayEquals(new byte[] {1}, chip.peek(131_071, 1));
    assertArrayEquals(new byte[] {2}, second.peek(0, 1));
  }

  @Test
  void endsItsContextIfALaterChipDoesNotOpen() {
    var e = assertThrows(StoreException.class, () -> Stores.open("spi:0.1,1.0?chip=23LC1024"));
    assertTrue(e.getMessage().startsWith("cannot open SPI 1.0"), e.getMessage());
    assertTrue(pi4j.isShutdown());
  }

  @Test
  void endsItsContextIfTheDeviceDoesNotOpen() {
    var e = assertThrows(StoreException.class, () -> Stores.open("spi:1.0?chip=23LC1024"));
    assertTrue(e.getMessage().startsWith("cannot open SPI 1.0: No device"), e.getMessage());
    assertTrue(pi4j.isShutdown());
  }
}
