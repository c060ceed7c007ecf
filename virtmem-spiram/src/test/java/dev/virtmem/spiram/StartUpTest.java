package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.exception.Pi4JException;
import dev.virtmem.store.StoreException;
import java.util.List;
import java.util.Set;
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

  /** Start-up writes nothing to the contents and leaves no FRAM or MRAM enabled for writing. */
  @ParameterizedTest
  @CsvSource({
    "23LC1024,  64, ff 0140 0500",
    "23LCV512,  64, ff 0140 0500",
    "23K256,    64, 0140 0500",
    "23A640,    64, 0140 0500",
    "FM25V20A,   2, 06 0500 04",
    "MB85RS2MT, 66, 06 0500 04",
    "MR25H40,    2, ab 06 0500 04"
  })
  void sendsWhatThePartNeeds(String part, int register, String commands) {
    wire.modeRegister = register;
    attach(part);
    assertEquals(List.of(commands.split(" ")), wire.sent);
  }

  @Test
  void selectsTheModeOfADescribedPart() {
    wire.modeRegister = 0x41;
    var chip = new SpiRamChip("X", 8192, 2, 5_000_000, 0x41, Set.of());
    SpiRamStore.builder(chip).detect(false).attach(wire.spi);
    assertEquals(List.of("0141", "0500"), wire.sent);
  }

  @Test
  void takesAPartThatCannotBeProvedWithoutDetection() {
    wire.modeRegister = 0xff;
    var chip = new SpiRamChip("X", 8192, 2, 5_000_000, SpiRamChip.NO_MODE_REGISTER, Set.of());
    SpiRamStore.builder(chip).detect(false).attach(wire.spi);
    assertEquals(List.of(), wire.sent);
  }

  @ParameterizedTest
  @CsvSource({
    "255, FF, nothing drives the line",
    "0, 00, the line to the host stays low",
    "64, 40, Check the part number"
  })
  void namesTheLikelyCauseForALatchedPart(int status, String hex, String cause) {
    wire.modeRegister = status;
    var e = assertThrows(StoreException.class, () -> attach("FM25V20A"));
    assertTrue(
        e.getMessage()
            .startsWith(
                "no FM25V20A on SPI 0.1 at 5000000 Hz: its status register reads "
                    + hex
                    + ", without a write-enable latch in bit 1."),
        e.getMessage());
    assertTrue(e.getMessage().contains(cause), e.getMessage());
    assertEquals(List.of("06", "0500", "04"), wire.sent.subList(0, 3));
  }

  @ParameterizedTest
  @CsvSource({"6, 06", "10, 0A", "142, 8E"})
  void refusesAProtectedPart(int status, String hex) {
    wire.modeRegister = status;
    var e = assertThrows(StoreException.class, () -> attach("MB85RS1MT"));
    assertTrue(
        e.getMessage()
            .startsWith(
                "the MB85RS1MT on SPI 0.1 is write-protected: its status register reads " + hex),
        e.getMessage());
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
    attach("23LC1024");
  }

  private void attach(String part) {
    SpiRamStore.builder(SpiRamChip.byName(part)).detect(false).attach(wire.spi);
  }
}
