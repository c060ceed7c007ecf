package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class VirtualClockTest {
  @Test
  void startsAtZero() {
    var clock = new VirtualClock(15_000);
    assertEquals(0, clock.nanos());
    assertEquals(0, clock.transfers());
    assertEquals(0, clock.bytes());
  }

  /** At 20 MHz a byte takes 400 ns. */
  @Test
  void countsEightClocksForEachByteAndTheGap() {
    var clock = new VirtualClock(15_000);
    clock.transfer(1028, 20_000_000);
    assertEquals(15_000 + 411_200, clock.nanos());
    clock.transfer(36, 20_000_000);
    assertEquals(15_000 + 411_200 + 15_000 + 14_400, clock.nanos());
    clock.pause(44_400);
    assertEquals(0.0005, clock.seconds(), 1e-15);
    assertEquals(2, clock.transfers());
    assertEquals(1064, clock.bytes());
  }

  @Test
  void takesAnyClockAndGap() {
    var clock = new VirtualClock(0);
    clock.transfer(3, 3_000_000);
    assertEquals(8000, clock.nanos());
    clock.transfer(1, 16_000_000);
    assertEquals(8500, clock.nanos());
    assertThrows(IllegalArgumentException.class, () -> new VirtualClock(-1));
  }
}
