package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.doThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.IOType;
import com.pi4j.io.exception.IOAlreadyExistsException;
import com.pi4j.io.spi.SpiBus;
import com.pi4j.io.spi.SpiConfig;
import com.pi4j.io.spi.SpiMode;
import dev.virtmem.store.StoreException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;

class SpiRamBuilderTest {
  private static final SpiRamChip CHIP = SpiRamChip.byName("23LC1024");

  private final FakeWire wire = new FakeWire(10_000_000);
  private final Context context = mock(Context.class);

  @BeforeEach
  void prepareContext() {
    when(context.hasProvider(IOType.SPI)).thenReturn(true);
    when(context.create(any(SpiConfig.class))).thenReturn(wire.spi);
    when(context.hasIO("device")).thenReturn(true);
    when(wire.spi.id()).thenReturn("device");
  }

  @Test
  void configuresTheConnection() {
    SpiRamStore.builder(CHIP).clock(4_000_000).open(context, 1, 2);
    SpiConfig config = openedWith();
    assertEquals(SpiBus.BUS_1, config.bus());
    assertEquals(2, config.channel());
    assertEquals(4_000_000, config.baud());
    assertEquals(SpiMode.MODE_0, config.mode());
  }

  @Test
  void staysWellBelowTheLimitByDefault() {
    SpiRamStore.builder(CHIP).open(context, 0, 0);
    assertEquals(10_000_000, openedWith().baud());
  }

  @Test
  void takesHalfTheLimitOfASlowPart() {
    var slow = new SpiRamChip("SLOW", 256, 1, 3_000_000);
    SpiRamStore.builder(slow).detect(false).open(context, 0, 0);
    assertEquals(1_500_000, openedWith().baud());
  }

  @Test
  void closesThenShutsDownOnce() {
    var store = SpiRamStore.builder(CHIP).open(context, 0, 0);
    store.close();
    store.close();
    var order = inOrder(wire.spi, context);
    order.verify(wire.spi).close();
    order.verify(context).shutdown("device");
    verify(context, times(1)).shutdown("device");
    verify(context, never()).shutdown();
  }

  @Test
  void doesNotShutDownWhatTheContextHasEndedAlready() {
    var store = SpiRamStore.builder(CHIP).open(context, 0, 0);
    when(context.hasIO("device")).thenReturn(false);
    store.close();
    verify(context, never()).shutdown("device");
  }

  @Test
  void reportsAnErrorWhileClosing() {
    var store = SpiRamStore.builder(CHIP).open(context, 0, 0);
    when(context.shutdown("device")).thenThrow(new Pi4JException("bad descriptor"));
    var e = assertThrows(StoreException.class, store::close);
    assertEquals("closing SPI 0.0 failed: bad descriptor", e.getMessage());
  }

  @Test
  void freesTheDeviceAlsoIfPi4jDoesNotCloseIt() {
    var store = SpiRamStore.builder(CHIP).open(context, 0, 0);
    doThrow(new IllegalStateException("not open")).when(wire.spi).close();
    var e = assertThrows(StoreException.class, store::close);
    assertEquals("closing SPI 0.0 failed: not open", e.getMessage());
    verify(context).shutdown("device");
  }

  @Test
  void freesTheDeviceIfNoChipAnswers() {
    wire.modeRegister = 0xff;
    var e = assertThrows(StoreException.class, () -> SpiRamStore.builder(CHIP).open(context, 0, 0));
    assertTrue(e.getMessage().startsWith("no 23LC1024"), e.getMessage());
    verify(context).shutdown("device");
  }

  @Test
  void freesTheDeviceAlsoAfterAnError() {
    wire.answer =
        (sent, received) -> {
          throw new OutOfMemoryError("of the test");
        };
    assertThrows(OutOfMemoryError.class, () -> SpiRamStore.builder(CHIP).open(context, 0, 0));
    verify(wire.spi).close();
    verify(context).shutdown("device");
  }

  @Test
  void asksForAProvider() {
    when(context.hasProvider(IOType.SPI)).thenReturn(false);
    var e = assertThrows(StoreException.class, () -> SpiRamStore.builder(CHIP).open(context, 0, 0));
    assertTrue(e.getMessage().contains("found no SPI provider"), e.getMessage());
    assertTrue(e.getMessage().contains("VIRTMEM_CLASSPATH"), e.getMessage());
  }

  @Test
  void saysWhatToDoIfTheDeviceDoesNotOpen() {
    when(context.create(any(SpiConfig.class))).thenThrow(new Pi4JException("Permission denied"));
    var e = assertThrows(StoreException.class, () -> SpiRamStore.builder(CHIP).open(context, 0, 1));
    assertTrue(
        e.getMessage().startsWith("cannot open SPI 0.1: Permission denied."), e.getMessage());
    assertTrue(e.getMessage().contains("/dev/spidev"), e.getMessage());
  }

  @Test
  void saysThatTheDeviceIsInUse() {
    when(context.create(any(SpiConfig.class))).thenThrow(new IOAlreadyExistsException("x"));
    var e = assertThrows(StoreException.class, () -> SpiRamStore.builder(CHIP).open(context, 0, 1));
    assertTrue(e.getMessage().startsWith("SPI 0.1 is in use"), e.getMessage());
  }

  @Test
  void refusesNumbersOutOfRange() {
    var builder = SpiRamStore.builder(CHIP);
    assertRefused("1 to 20000000 Hz, got 20000001", () -> builder.clock(20_000_001));
    assertRefused("got 0", () -> builder.clock(0));
    assertRefused(
        "the clock of a APS6404L must be 5000000 to 33000000 Hz, got 4999999: its chip select may"
            + " be low for 8000 ns at most, and a transfer of a byte of data would take longer",
        () -> SpiRamStore.builder(SpiRamChip.byName("APS6404L")).clock(4_999_999));
    assertRefused("at least 5 bytes, got a limit of 4", () -> builder.transferLimit(4));
    assertRefused(">= 0 ns, got -1", () -> builder.gap(-1));
    assertRefused("bus must be 0 to 6, got 7", () -> builder.open(context, 7, 0));
    assertRefused("channel must be 0 to 255, got -1", () -> builder.open(context, 0, -1));
  }

  @Test
  void refusesAConnectionWithAnotherClock() {
    assertRefused(
        "runs at 10000000 Hz, not at the 5000000 Hz",
        () -> SpiRamStore.builder(CHIP).clock(5_000_000).attach(wire.spi));
    assertRefused(
        "must be 1 to 20000000 Hz, got 30000000",
        () -> SpiRamStore.builder(CHIP).attach(new FakeWire(30_000_000).spi));
  }

  private SpiConfig openedWith() {
    var config = ArgumentCaptor.forClass(SpiConfig.class);
    verify(context).create(config.capture());
    return config.getValue();
  }

  private static void assertRefused(String text, Runnable action) {
    var e = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }
}
