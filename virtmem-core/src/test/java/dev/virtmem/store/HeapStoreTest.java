package dev.virtmem.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HeapStoreTest extends BackingStoreContract {
  @Override
  protected BackingStore open() {
    return new HeapStore(10_007);
  }

  @Test
  void isZeroAtFirst() {
    var bytes = new byte[] {1, 2, 3};
    new HeapStore(3).read(0, bytes, 0, 3);
    assertArrayEquals(new byte[3], bytes);
  }

  @Test
  void claimsTheCostThatItIsGiven() {
    assertEquals(TransferCost.MEMORY, new HeapStore(1).cost());
    assertEquals(FileStore.CARD, new HeapStore(1, FileStore.CARD).cost());
  }

  @ParameterizedTest
  @ValueSource(longs = {Long.MIN_VALUE, -1, 0, Integer.MAX_VALUE - 7L, Long.MAX_VALUE})
  void refusesOtherCapacities(long capacity) {
    var e = assertThrows(IllegalArgumentException.class, () -> new HeapStore(capacity));
    assertTrue(e.getMessage().contains("got " + capacity), e.getMessage());
  }
}
