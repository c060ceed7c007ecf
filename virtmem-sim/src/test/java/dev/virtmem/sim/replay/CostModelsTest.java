package dev.virtmem.sim.replay;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CostModelsTest {
  @ParameterizedTest
  @CsvSource({
    "spi, 1, 17000, 17000",
    "spi, 1024, 426200, 426200",
    "serial, 1, 1110000, 110000",
    "serial, 1024, 11340000, 10340000",
    "card, 1, 525600, 1551200",
    "card, 512, 525600, 1551200",
    "card, 1024, 551200, 1602400"
  })
  void takeTheTimeOfTheirDevices(String model, int bytes, double read, double write) {
    assertEquals(read, CostModels.all().get(model).readTime(bytes), 1e-6);
    assertEquals(write, CostModels.all().get(model).writeTime(bytes), 1e-6);
  }

  @Test
  void areListedInOrder() {
    assertEquals(List.of("spi", "serial", "card"), List.copyOf(CostModels.all().keySet()));
    assertThrows(UnsupportedOperationException.class, () -> CostModels.all().clear());
  }
}
