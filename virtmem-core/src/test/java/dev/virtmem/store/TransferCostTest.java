package dev.virtmem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TransferCostTest {
  private final TransferCost cost = new TransferCost(1000, 3, 2000, 7, 64);

  @Test
  void timeIsFixedPartAndBytes() {
    assertEquals(1000 + 100 * 3, cost.readTime(100));
    assertEquals(2000 + 100 * 7, cost.writeTime(100));
    assertEquals(1000 + 3 * 5e9, cost.readTime(5_000_000_000L));
  }

  @Test
  void shortTransferCostsAUnit() {
    assertEquals(cost.readTime(64), cost.readTime(1));
    assertEquals(cost.writeTime(64), cost.writeTime(0));
    assertTrue(cost.readTime(65) > cost.readTime(64));
  }

  @Test
  void breakEvenIsTheFixedPartInBytes() {
    assertEquals(334, cost.readBreakEven());
    assertEquals(286, cost.writeBreakEven());
    assertEquals(0, new TransferCost(0, 1, 0, 1, 1).readBreakEven());
  }

  @Test
  void cardComesToItsClass() {
    assertEquals(1400, 1e9 / FileStore.CARD.readTime(4096), 50);
    assertEquals(525, 1e9 / FileStore.CARD.writeTime(4096), 5);
    assertEquals(512, FileStore.CARD.unit());
  }

  @ParameterizedTest
  @CsvSource({"-1,1,1,1", "1,0,1,1", "1,1,-1,1", "1,1,1,0", "NaN,1,1,1", "1,NaN,1,1"})
  void refusesFiguresOutOfRange(double read, double perRead, double write, double perWrite) {
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> new TransferCost(read, perRead, write, perWrite, 1));
    assertTrue(e.getMessage().contains("got read " + read), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, -1, 513, Integer.MIN_VALUE})
  void refusesOtherUnitsThanPowersOfTwo(int unit) {
    var e = assertThrows(IllegalArgumentException.class, () -> new TransferCost(1, 1, 1, 1, unit));
    assertTrue(e.getMessage().contains("got " + unit), e.getMessage());
  }
}
