package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class PoolLayoutTest {
  @Test
  void endsAreRoundedInwards() {
    assertEquals(new PoolLayout(8, 1000, 256, 1), PoolLayout.of(1, 1007, 64, 1));
    assertEquals(new PoolLayout(64, 100_000, 1 << 15, 1), PoolLayout.of(1, 100_000, 1 << 15, 1));
  }

  @Test
  void regionsGrowWithVeryLargePools() {
    PoolLayout layout = PoolLayout.of(0, 1L << 46, 1024, 0);
    assertEquals(1 << 16, layout.regionBytes());
    assertEquals(1 << 30, layout.regions());
    assertEquals(128, layout.unit());
  }

  @Test
  void regionsFollowTheAddresses() {
    PoolLayout layout = new PoolLayout(1000, 3000, 1024, 0);
    assertEquals(3, layout.regions());
    assertEquals(0, layout.region(1000));
    assertEquals(1, layout.region(1024));
    assertEquals(2048, layout.regionStart(2));
  }

  @Test
  void badNumbersAreRefused() {
    assertThrows(IllegalArgumentException.class, () -> new PoolLayout(0, 1024, 128, 0));
    assertThrows(IllegalArgumentException.class, () -> new PoolLayout(0, 1024, 768, 0));
    assertThrows(IllegalArgumentException.class, () -> new PoolLayout(4, 1024, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> new PoolLayout(-8, 1024, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> new PoolLayout(8, 1 << 20, 1 << 15, 0));
    assertThrows(IllegalArgumentException.class, () -> new PoolLayout(0, 1020, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> new PoolLayout(8, 8, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> new PoolLayout(0, 1L << 47, 1 << 20, 0));
    assertThrows(IllegalArgumentException.class, () -> new PoolLayout(0, 1L << 46, 1 << 10, 0));
    assertThrows(IllegalArgumentException.class, () -> PoolLayout.of(0, 7, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> PoolLayout.of(0, 4096, 1000, 0));
    assertThrows(IllegalArgumentException.class, () -> PoolLayout.of(5, 4, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> PoolLayout.of(0, -1, 256, 0));
    assertThrows(IllegalArgumentException.class, () -> new Usage(5, 4, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> new Usage(-1, 4, 0, 0));
  }
}
