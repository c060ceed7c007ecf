package dev.virtmem.spiram;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;

class TransferArraysTest {
  private final TransferArrays arrays = new TransferArrays();

  @Test
  void returnsTheSameArrayForTheSameLength() {
    byte[] a = arrays.ofLength(20);
    byte[] b = arrays.ofLength(36);
    assertEquals(20, a.length);
    assertEquals(36, b.length);
    assertSame(a, arrays.ofLength(20));
    assertSame(b, arrays.ofLength(36));
    assertEquals(56, arrays.bytes());
  }

  @Test
  void dropsTheLeastRecentlyUsed() {
    byte[] a = arrays.ofLength(4000);
    byte[] b = arrays.ofLength(4001);
    arrays.ofLength(4000);
    arrays.ofLength(300);
    assertSame(a, arrays.ofLength(4000));
    assertEquals(4300, arrays.bytes());
    assertNotSame(b, arrays.ofLength(4001));
  }

  @Test
  void keepsASingleLargeArray() {
    byte[] large = arrays.ofLength(65_536);
    assertSame(large, arrays.ofLength(65_536));
    assertEquals(65_536, arrays.bytes());
    arrays.ofLength(5);
    assertEquals(5, arrays.bytes());
  }

  @Test
  void staysWithinItsBounds() {
    var random = new Random(7);
    for (int i = 0; i < 10_000; i++) {
      int length = 5 + random.nextInt(i % 2 == 0 ? 200 : 4096);
      assertEquals(length, arrays.ofLength(length).length);
      assertTrue(arrays.bytes() <= 8192, () -> arrays.bytes() + " bytes kept");
    }
    for (int length = 5; length < 205; length++) {
      arrays.ofLength(length);
    }
    // The last 64 of them would be 11,024 bytes: the bound on bytes comes first.
    assertTrue(arrays.bytes() <= 8192, () -> arrays.bytes() + " bytes kept");
    for (int length = 5; length < 105; length++) {
      arrays.ofLength(length);
    }
    assertEquals((41 + 104) * 64 / 2, arrays.bytes());
  }
}
