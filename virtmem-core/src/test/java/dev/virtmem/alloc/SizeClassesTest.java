package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SizeClassesTest {
  @Test
  void classesAreRangesWithoutGaps() {
    assertEquals(SizeClasses.SMALLEST, SizeClasses.of(8));
    for (int c = SizeClasses.SMALLEST; c <= SizeClasses.LARGEST; c++) {
      long least = SizeClasses.least(c);
      assertEquals(c, SizeClasses.of(least));
      assertEquals(c, SizeClasses.allAtLeast(least));
      assertEquals(c + 1, SizeClasses.allAtLeast(least + 8));
      if (c > SizeClasses.SMALLEST) {
        assertEquals(c - 1, SizeClasses.of(least - 8));
        assertTrue(least <= SizeClasses.least(c - 1) * 5 / 4 || least <= 64);
      }
    }
    assertEquals(48L << 30, SizeClasses.least(SizeClasses.LARGEST));
    assertEquals(SizeClasses.LARGEST, SizeClasses.of(1L << 46));
    assertEquals(SizeClasses.NONE, SizeClasses.allAtLeast(1L << 46));
  }
}
