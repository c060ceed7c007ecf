package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.exception.IOAlreadyExistsException;
import com.pi4j.io.spi.Spi;
import com.pi4j.io.spi.SpiConfigBuilder;
import com.pi4j.io.spi.SpiMode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SimulatedSpiProviderTest {
  private final VirtualClock clock = new VirtualClock(1000);
  private final SramChip first = SramChip.powerUp("23LC1024", 1);
  private final SramChip second = SramChip.powerUp("23LC512", 2);
  private final Context pi4j =
      Pi4J.newContextBuilder()
          .add(new SimulatedSpiProvider(clock).connect(0, 0, first).connect(0, 1, second))
          .build();

  @AfterEach
  void shutDown() {
    if (!pi4j.isShutdown()) {
      pi4j.shutdown();
    }
  }

  /** A program as Pi4J's users write it, with nothing of this project in it. */
  @Test
  void servesAnyPi4jProgram() {
    Spi spi = pi4j.create(config("ram", 0, 0));
    assertTrue(spi.isOpen());
    spi.write(new byte[] {2, 0, 0, 16, 'P', 'i', '4', 'J'});
    var answer = new byte[8];
    assertTrue(spi.transfer(new byte[] {3, 0, 0, 16, 0, 0, 0, 0}, answer) >= 0);
    assertArrayEquals(new byte[] {-1, -1, -1, -1, 'P', 'i', '4', 'J'}, answer);
    var read = new byte[4];
    spi.writeThenRead(new byte[] {3, 0, 0, 16}, read);
    assertArrayEquals(new byte[] {'P', 'i', '4', 'J'}, read);
    assertEquals(0xff, spi.read());
    assertEquals(spi, pi4j.registry().get("ram"));
  }

  @Test
  void keepsTwoChipsApart() {
    Spi one = pi4j.create(config("one", 0, 0));
    Spi two = pi4j.create(config("two", 0, 1));
    one.write(new byte[] {2, 0, 0, 7, 11});
    two.write(new byte[] {2, 0, 7, 22});
    assertArrayEquals(new byte[] {11}, first.peek(7, 1));
    assertArrayEquals(new byte[] {22}, second.peek(7, 1));
  }

  @Test
  void refusesAnIdOrAPlaceThatIsTaken() {
    pi4j.create(config("one", 0, 0));
    assertThrows(IOAlreadyExistsException.class, () -> pi4j.create(config("one", 0, 1)));
    assertThrows(IOAlreadyExistsException.class, () -> pi4j.create(config("other", 0, 0)));
  }

  @Test
  void leavesTheIdTakenUntilItIsShutDown() {
    Spi spi = pi4j.create(config("one", 0, 0));
    spi.close();
    assertFalse(spi.isOpen());
    assertThrows(Pi4JException.class, () -> spi.transfer(new byte[2]));
    assertThrows(IOAlreadyExistsException.class, () -> pi4j.create(config("one", 0, 0)));
    pi4j.shutdown("one");
    assertTrue(pi4j.create(config("one", 0, 0)).isOpen());
  }

  @Test
  void hasNoDeviceWhereNoneIsConnected() {
    var e = assertThrows(Pi4JException.class, () -> pi4j.create(config("x", 1, 0)));
    assertEquals("No device on simulated SPI 1.0; there are devices on [0.0, 0.1]", e.getMessage());
  }

  @Test
  void refusesASecondDeviceInOnePlace() {
    var provider = new SimulatedSpiProvider(clock).connect(0, 0, first);
    var e = assertThrows(IllegalArgumentException.class, () -> provider.connect(0, 0, second));
    assertEquals("SPI 0.0 has a device already, 23LC1024", e.getMessage());
  }

  @Test
  void refusesWhatTheKernelWould() {
    Spi spi = pi4j.create(config("one", 0, 0));
    assertTrue(spi.transfer(new byte[4096]) >= 0);
    var e = assertThrows(Pi4JException.class, () -> spi.transfer(new byte[4097]));
    assertTrue(e.getMessage().endsWith("Message too long (90)"), e.getMessage());
    assertEquals(4096, clock.bytes());
  }

  @Test
  void checksRanges() {
    Spi spi = pi4j.create(config("one", 0, 0));
    assertThrows(
        IndexOutOfBoundsException.class, () -> spi.transfer(new byte[4], 1, new byte[4], 0, 4));
    assertThrows(
        IndexOutOfBoundsException.class, () -> spi.transfer(new byte[4], 0, new byte[4], 1, 4));
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> spi.writeThenRead(new byte[2], 1, 2, 0, new byte[4], 0, 4));
    assertEquals(0, clock.transfers());
  }

  @Test
  void advancesTheClock() {
    Spi spi = pi4j.create(config("one", 0, 0));
    spi.transfer(new byte[10]);
    assertEquals(1000 + 10 * 8000, clock.nanos());
    spi.writeThenRead(new byte[] {3, 0, 0, 0}, 500, new byte[6]);
    assertEquals(2 * (1000 + 10 * 8000) + 500, clock.nanos());
    assertEquals(2, clock.transfers());
    assertEquals(20, clock.bytes());
  }

  @Test
  void makesConnectionsWithoutAContext() {
    var config = SpiConfigBuilder.newInstance(null).id("x").bus(0).channel(0).build();
    Spi spi = new SimulatedSpiProvider(clock).connect(0, 0, first).create(config);
    var answer = new byte[] {5, 0};
    spi.transfer(answer);
    assertArrayEquals(new byte[] {-1, 0x40}, answer);
  }

  private SpiConfigBuilder config(String id, int bus, int channel) {
    return Spi.newConfigBuilder(pi4j)
        .id(id)
        .bus(bus)
        .channel(channel)
        .mode(SpiMode.MODE_0)
        .baud(1_000_000);
  }
}
