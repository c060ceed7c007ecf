package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.exception.Pi4JException;
import dev.virtmem.store.StoreException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StartUpTest {
  private final FakeWire wire = new FakeWire(5_000_000);

  @ParameterizedTest
  @CsvSource({
    "255, FF, nothing drives the line",
    "0, 00, the line to the host stays low",
    "65, 41, Something answers",
    "128, 80, Something answers"
  })
  void namesTheLikelyCause(int modeRegister, String hex, String cause) {
    wire.modeRegister = modeRegister;
    var e = assertThrows(StoreException.class, this::attach);
    assertTrue(
        e.getMessage()
            .startsWith(
                "no 23LC1024 on SPI 0.1 at 5000000 Hz: its mode register reads "
                    + hex
                    + " instead of 40."),
        e.getMessage());
    assertTrue(e.getMessage().contains(cause), e.getMessage());
  }

  @Test
  void reportsAFailingTransfer() {
    wire.answer = (out, in) -> -1;
    var e = assertThrows(StoreException.class, this::attach);
    assertTrue(e.getMessage().contains("set-up command"), e.getMessage());
    assertEquals(1, wire.sent.size());
  }

  @Test
  void reportsAnExceptionWithoutText() {
    wire.answer =
        (out, in) -> {
          throw new Pi4JException((String) null);
        };
    var e = assertThrows(StoreException.class, this::attach);
    assertTrue(e.getMessage().endsWith(": Pi4JException"), e.getMessage());
  }

  private void attach() {
    SpiRamStore.builder(SpiRamChip.byName("23LC1024")).attach(wire.spi);
  }
}
