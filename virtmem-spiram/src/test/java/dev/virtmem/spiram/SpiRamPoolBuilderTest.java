package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.never;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.IOType;
import com.pi4j.io.spi.SpiConfig;
import dev.virtmem.store.StoreException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.invocation.InvocationOnMock;

class SpiRamPoolBuilderTest {
  private final Context context = mock(Context.class);
  private final List<FakeWire> wires =
      List.of(new FakeWire(10_000_000), new FakeWire(10_000_000), new FakeWire(10_000_000));
  private final List<String> opened = new ArrayList<>();
  private final SpiRamBuilder builder = SpiRamStore.builder(SpiRamChip.byName("23LC1024"));

  @BeforeEach
  void prepareContext() {
    when(context.hasProvider(IOType.SPI)).thenReturn(true);
    when(context.create(any(SpiConfig.class))).thenAnswer(this::next);
    for (int i = 0; i < wires.size(); i++) {
      when(wires.get(i).spi.id()).thenReturn("device" + i);
      when(context.hasIO("device" + i)).thenReturn(true);
    }
  }

  private Object next(InvocationOnMock call) {
    SpiConfig config = call.getArgument(0);
    opened.add(config.bus().getBus() + "." + config.channel());
    return wires.get(opened.size() - 1).spi;
  }

  @Test
  void opensTheChipsInTheirOrder() {
    var pool = builder.at(1, 0).at(0, 0).at(0, 1).open(context);
    assertEquals(List.of("1.0", "0.0", "0.1"), opened);
    assertEquals(3 * 131_072, pool.capacity());
    wires.forEach(wire -> wire.sent.clear());
    pool.write(131_072, new byte[] {7}, 0, 1);
    assertEquals(List.of("0200000007"), wires.get(1).sent);
    pool.close();
    for (int i = 0; i < 3; i++) {
      verify(wires.get(i).spi).close();
      verify(context).shutdown("device" + i);
    }
  }

  @Test
  void stripes() {
    var pool = builder.at(0, 0).at(0, 1).striped(64).open(context);
    wires.forEach(wire -> wire.sent.clear());
    pool.write(127, new byte[] {5, 6}, 0, 2);
    assertEquals(List.of("0200004006"), wires.get(0).sent);
    assertEquals(List.of("0200003f05"), wires.get(1).sent);
  }

  @Test
  void stripesByOneKibibyteByDefault() {
    var pool = builder.at(0, 0).at(0, 1).striped().open(context);
    assertTrue(pool.toString().startsWith("striped by 1024 bytes ("), pool.toString());
    var odd = SpiRamStore.builder(new SpiRamChip("X", 96, 1, 20_000_000)).detect(false);
    opened.clear();
    pool = odd.at(0, 0).at(0, 1).striped().open(context);
    assertTrue(pool.toString().startsWith("striped by 32 bytes ("), pool.toString());
  }

  @Test
  void makesNoPoolOfASingleChip() {
    assertInstanceOf(SpiRamStore.class, builder.at(0, 0).striped().open(context));
  }

  @Test
  void closesTheFirstChipsIfTheLastDoesNotAnswer() {
    wires.get(2).modeRegister = 0;
    var pool = builder.at(0, 0).at(0, 1).at(1, 0);
    var e = assertThrows(StoreException.class, () -> pool.open(context));
    assertTrue(e.getMessage().startsWith("no 23LC1024 on SPI 1.0"), e.getMessage());
    for (int i = 0; i < 3; i++) {
      verify(context).shutdown("device" + i);
    }
    assertEquals(0, e.getSuppressed().length);
  }

  @Test
  void closesTheFirstChipsIfTheChannelIsOutOfRange() {
    builder.at(0, 0).at(0, 256);
    var e = assertThrows(IllegalArgumentException.class, () -> builder.open(context));
    assertTrue(e.getMessage().contains("0 to 255, got 256"), e.getMessage());
    verify(context).shutdown("device0");
  }

  @Test
  void keepsTheCauseIfClosingFailsToo() {
    wires.get(2).modeRegister = 0xff;
    when(context.shutdown("device0")).thenThrow(new Pi4JException("bad descriptor"));
    builder.at(0, 0).at(0, 1).at(1, 0);
    var e = assertThrows(StoreException.class, () -> builder.open(context));
    assertTrue(e.getMessage().startsWith("no 23LC1024 on SPI 1.0"), e.getMessage());
    assertEquals("closing SPI 0.0 failed: bad descriptor", e.getSuppressed()[0].getMessage());
    verify(context).shutdown("device1");
  }

  @Test
  void refusesPlacesAndStripes() {
    builder.at(0, 1);
    assertRefused("SPI 0.1 is given twice", () -> builder.at(0, 1));
    for (long stripe : new long[] {0, -64, 3, 262_144, Long.MIN_VALUE}) {
      assertRefused(
          "a stripe must be a power of two that divides the 131072 bytes of a 23LC1024, got "
              + stripe,
          () -> builder.striped(stripe));
    }
    var none = SpiRamStore.builder(SpiRamChip.byName("23LC1024"));
    var e = assertThrows(IllegalStateException.class, () -> none.open(context));
    assertTrue(e.getMessage().contains("at(bus, channel)"), e.getMessage());
    verify(context, never()).create(any(SpiConfig.class));
  }

  private static void assertRefused(String text, Runnable action) {
    var e = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(e.getMessage().contains(text), e.getMessage());
  }
}
