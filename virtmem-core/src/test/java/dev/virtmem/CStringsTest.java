package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CStringsTest {
  private static final int SIZE = 3000;

  private final byte[] left = new byte[SIZE];
  private final byte[] right = new byte[SIZE];
  private final Memory leftMemory = new ArrayMemory(left);
  private final Memory rightMemory = new ArrayMemory(right);

  @Test
  void lengthsAtEveryPlaceAndOfEveryKindOfSize() {
    Random random = new Random(4);
    for (int step = 0; step < 5_000; step++) {
      int length = random.nextInt(random.nextBoolean() ? 40 : 1500);
      int at = random.nextBoolean() ? SIZE - length - 1 : random.nextInt(SIZE - length);
      Arrays.fill(left, (byte) 'x');
      left[at + length] = 0;
      Pointer p = new Pointer(leftMemory, at + 8);
      assertEquals(length, CStrings.length(p), "seed 4, step " + step);
      assertEquals(length, CStrings.length(p, length + 1));
      assertEquals(length, CStrings.length(p, length));
      assertEquals(length, CStrings.length(p, Long.MAX_VALUE));
      assertEquals(length / 2, CStrings.length(p, length / 2));
    }
  }

  @Test
  void aStringWithoutItsZeroIsRefused() {
    Arrays.fill(left, (byte) 'x');
    Pointer p = new Pointer(leftMemory, leftMemory.end() - 10);
    Exception e = assertThrows(InvalidAddressException.class, () -> CStrings.length(p));
    assertEquals(
        "the string at 2998 has no zero byte before the memory ends at 3008", e.getMessage());
    assertEquals(10, CStrings.length(p, 10));
    assertThrows(InvalidAddressException.class, () -> CStrings.length(p, 11));
    assertThrows(
        InvalidAddressException.class, () -> CStrings.copy(p, new Pointer(rightMemory, 8)));
    assertThrows(InvalidAddressException.class, () -> CStrings.compare(p, p));
    assertEquals(0, CStrings.compare(p, p, 10));
    for (long bad : new long[] {0, 1, leftMemory.end(), Long.MAX_VALUE}) {
      assertThrows(
          InvalidAddressException.class, () -> CStrings.length(new Pointer(leftMemory, bad)));
    }
    assertEquals(0, CStrings.length(new Pointer(leftMemory, 0), 0));
    assertThrows(IllegalArgumentException.class, () -> CStrings.length(p, -1));
  }

  @Test
  void copyTakesTheZeroAndNothingBehindIt() {
    put(left, 5, "Grüße");
    Arrays.fill(right, (byte) 'x');
    assertEquals(7, CStrings.copy(new Pointer(leftMemory, 13), new Pointer(rightMemory, 20)));
    assertEquals('x', right[11]);
    assertEquals("Grüße", CStrings.read(new Pointer(rightMemory, 20)));
    assertEquals(0, right[19]);
    assertEquals('x', right[20]);
    Pointer tooLate = new Pointer(rightMemory, rightMemory.end() - 7);
    assertThrows(
        InvalidAddressException.class, () -> CStrings.copy(new Pointer(leftMemory, 13), tooLate));
    assertEquals('x', right[SIZE - 7]);
  }

  @Test
  void copyMayOverlap() {
    put(left, 0, "abcdefgh");
    CStrings.copy(new Pointer(leftMemory, 8), new Pointer(leftMemory, 10));
    assertEquals("ababcdefgh", CStrings.read(new Pointer(leftMemory, 8)));
  }

  @Test
  void boundedCopyPadsOrCuts() {
    put(left, 0, "abc");
    Pointer from = new Pointer(leftMemory, 8);
    Pointer to = new Pointer(rightMemory, 8);
    Arrays.fill(right, (byte) 'x');
    assertEquals(3, CStrings.copy(from, to, 6));
    assertArrayEquals(new byte[] {'a', 'b', 'c', 0, 0, 0, 'x'}, Arrays.copyOf(right, 7));
    Arrays.fill(right, (byte) 'x');
    assertEquals(2, CStrings.copy(from, to, 2));
    assertArrayEquals(new byte[] {'a', 'b', 'x'}, Arrays.copyOf(right, 3));
    assertEquals(0, CStrings.copy(from, to, 0));
    assertThrows(IllegalArgumentException.class, () -> CStrings.copy(from, to, -1));
    Pointer tooLate = new Pointer(rightMemory, rightMemory.end() - 5);
    assertThrows(InvalidAddressException.class, () -> CStrings.copy(from, tooLate, 6));
    assertEquals('x', right[SIZE - 5]);
  }

  @Test
  void comparisonsAgreeWithAModel() {
    Random random = new Random(6);
    for (int step = 0; step < 20_000; step++) {
      byte[] a = random(random);
      byte[] b = random.nextBoolean() ? random(random) : a.clone();
      if (b.length > 0 && random.nextBoolean()) {
        b[random.nextInt(b.length)] = (byte) (1 + random.nextInt(255));
      }
      int x = random.nextInt(100);
      int y = random.nextInt(100);
      System.arraycopy(a, 0, left, x, a.length);
      left[x + a.length] = 0;
      System.arraycopy(b, 0, right, y, b.length);
      right[y + b.length] = 0;
      Pointer p = new Pointer(leftMemory, x + 8);
      Pointer q = new Pointer(rightMemory, y + 8);
      String where = "seed 6, step " + step;
      assertEquals(
          Integer.signum(Arrays.compareUnsigned(a, b)),
          Integer.signum(CStrings.compare(p, q)),
          where);
      int bound = random.nextInt(600);
      assertEquals(
          Integer.signum(
              Arrays.compareUnsigned(
                  a, 0, Math.min(bound, a.length), b, 0, Math.min(bound, b.length))),
          Integer.signum(CStrings.compare(p, q, bound)),
          where);
    }
  }

  private static byte[] random(Random random) {
    byte[] bytes = new byte[random.nextInt(random.nextBoolean() ? 5 : 500)];
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) (1 + random.nextInt(random.nextBoolean() ? 2 : 255));
    }
    return bytes;
  }

  @Test
  void javaStringsGoThereAndBack() {
    Pointer p = new Pointer(leftMemory, 100);
    for (String s : new String[] {"", "a", "Grüße", "\ud83d\ude00", "x".repeat(1000)}) {
      int size = s.getBytes(StandardCharsets.UTF_8).length + 1;
      assertEquals(size, CStrings.write(p, s, size));
      assertEquals(s, CStrings.read(p));
      assertEquals(s, CStrings.read(p, size - 1));
    }
    left[100] = (byte) 0xff;
    left[101] = 0;
    assertEquals("\ufffd", CStrings.read(new Pointer(leftMemory, 108)));
  }

  @Test
  void stringsThatCannotBeWrittenChangeNothing() {
    Pointer p = new Pointer(leftMemory, 8);
    CStrings.write(p, "before", 7);
    Exception e = assertThrows(IllegalArgumentException.class, () -> CStrings.write(p, "Grüße", 7));
    assertEquals("a string of 8 bytes in UTF-8 with its zero, at most 7 fit", e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> CStrings.write(p, "a\0b", 10));
    assertThrows(IllegalArgumentException.class, () -> CStrings.write(p, "\ud83d", 10));
    Pointer end = new Pointer(leftMemory, leftMemory.end() - 3);
    assertThrows(InvalidAddressException.class, () -> CStrings.write(end, "abc", 10));
    assertEquals("before", CStrings.read(p));
    assertEquals(0, left[SIZE - 3]);
  }

  private static void put(byte[] array, int at, String string) {
    byte[] bytes = (string + "\0").getBytes(StandardCharsets.UTF_8);
    System.arraycopy(bytes, 0, array, at, bytes.length);
  }
}
