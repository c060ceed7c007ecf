package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MemoryFunctionsTest {
  private static final int SIZE = 2000;

  private final byte[] left = new byte[SIZE];
  private final byte[] right = new byte[SIZE];
  private final Memory leftMemory = new ArrayMemory(left);
  private final Memory rightMemory = new ArrayMemory(right);

  @Test
  void randomCopiesAgreeWithAModel() {
    Random random = new Random(2);
    byte[] leftModel = new byte[SIZE];
    byte[] rightModel = new byte[SIZE];
    for (int step = 0; step < 20_000; step++) {
      int length = random.nextInt(random.nextBoolean() ? 20 : 700);
      int from = random.nextInt(SIZE - length + 1);
      int to = random.nextInt(SIZE - length + 1);
      Pointer source = new Pointer(leftMemory, from + 8);
      switch (random.nextInt(6)) {
        case 0 -> {
          MemoryFunctions.copy(source, new Pointer(leftMemory, to + 8), length);
          System.arraycopy(leftModel, from, leftModel, to, length);
        }
        case 1 -> {
          MemoryFunctions.copy(source, new Pointer(rightMemory, to + 8), length);
          System.arraycopy(leftModel, from, rightModel, to, length);
        }
        case 2 -> {
          MemoryFunctions.copyInChunks(source, new Pointer(rightMemory, to + 8), length);
          System.arraycopy(leftModel, from, rightModel, to, length);
        }
        case 3 -> {
          MemoryFunctions.fill(source, length, (byte) step);
          Arrays.fill(leftModel, from, from + length, (byte) step);
        }
        case 4 -> {
          byte[] bytes = new byte[length];
          random.nextBytes(bytes);
          MemoryFunctions.copy(MemorySegment.ofArray(bytes), source);
          System.arraycopy(bytes, 0, leftModel, from, length);
        }
        default -> {
          byte[] bytes = new byte[length];
          MemoryFunctions.copy(source, MemorySegment.ofArray(bytes));
          assertArrayEquals(Arrays.copyOfRange(leftModel, from, from + length), bytes);
        }
      }
      assertArrayEquals(leftModel, left, "seed 2, step " + step);
      assertArrayEquals(rightModel, right, "seed 2, step " + step);
    }
  }

  @Test
  void randomComparisonsAgreeWithAModel() {
    Random random = new Random(3);
    for (int step = 0; step < 20_000; step++) {
      int length = random.nextInt(random.nextBoolean() ? 70 : 900);
      int a = random.nextInt(SIZE - length + 1);
      int b = random.nextInt(SIZE - length + 1);
      random.nextBytes(left);
      System.arraycopy(left, a, right, b, length);
      if (length > 0 && random.nextInt(4) > 0) {
        right[b + random.nextInt(length)] = (byte) random.nextInt();
      }
      Pointer x = new Pointer(leftMemory, a + 8);
      Pointer y = new Pointer(rightMemory, b + 8);
      MemorySegment ordinary = MemorySegment.ofArray(right).asSlice(b, length);
      String where = "seed 3, step " + step;
      long mismatch = Arrays.mismatch(left, a, a + length, right, b, b + length);
      assertEquals(mismatch, MemoryFunctions.mismatch(x, y, length), where);
      assertEquals(mismatch, MemoryFunctions.mismatch(x, ordinary), where);
      int order = Arrays.compareUnsigned(left, a, a + length, right, b, b + length);
      assertEquals(
          Integer.signum(order), Integer.signum(MemoryFunctions.compare(x, y, length)), where);
      assertEquals(
          Integer.signum(order), Integer.signum(MemoryFunctions.compare(x, ordinary)), where);
    }
  }

  @Test
  void distancesOfMultiplesOf65536AreNothingSpecial() {
    byte[] array = new byte[4 * 65_536 + 100];
    Memory memory = new ArrayMemory(array);
    BytePointer p = new BytePointer(memory, 8);
    for (int distance = 65_536; distance <= 4 * 65_536; distance += 65_536) {
      Arrays.fill(array, (byte) 0);
      array[0] = 1;
      array[distance + 50] = 2;
      assertTrue(MemoryFunctions.compare(p, p.plus(distance), 100) > 0);
      assertTrue(MemoryFunctions.compare(p.plus(distance), p, 100) < 0);
      assertEquals(50, MemoryFunctions.mismatch(p.plus(1), p.plus(distance + 1), 99) + 1);
      MemoryFunctions.copy(p, p.plus(distance), 100);
      assertEquals(0, MemoryFunctions.compare(p, p.plus(distance), 100));
      assertEquals(1, array[distance]);
      assertEquals(0, array[distance + 50]);
    }
    Arrays.fill(array, (byte) 0);
    array[65_536 + 99] = 9;
    MemorySegment zeros = MemorySegment.ofArray(new byte[3 * 65_536]);
    assertEquals(65_536 + 99, MemoryFunctions.mismatch(p, zeros));
  }

  @Test
  void bytesCompareUnsigned() {
    left[0] = (byte) 0x80;
    right[0] = 0x7f;
    Pointer a = new Pointer(leftMemory, 8);
    Pointer b = new Pointer(rightMemory, 8);
    assertTrue(MemoryFunctions.compare(a, b, 1) > 0);
    assertTrue(MemoryFunctions.compare(b, a, 1) < 0);
    assertTrue(MemoryFunctions.compare(a, MemorySegment.ofArray(new byte[] {0x7f})) > 0);
  }

  @Test
  void memoriesThatWrapOneArrayOverlapSafely() {
    Memory again = new ArrayMemory(left);
    for (int i = 0; i < SIZE; i++) {
      left[i] = (byte) i;
    }
    byte[] expected = left.clone();
    System.arraycopy(expected, 0, expected, 100, 1500);
    MemoryFunctions.copy(new Pointer(leftMemory, 8), new Pointer(again, 108), 1500);
    assertArrayEquals(expected, left);
  }

  @Test
  void rangesAreCheckedBeforeAnythingIsWritten() {
    Pointer start = new Pointer(leftMemory, 8);
    Pointer lateSource = new Pointer(leftMemory, leftMemory.end() - 999);
    Pointer lateTarget = new Pointer(rightMemory, rightMemory.end() - 999);
    Pointer nothing = new Pointer(leftMemory, 0);
    Arrays.fill(left, (byte) 1);
    assertThrows(
        InvalidAddressException.class, () -> MemoryFunctions.copy(start, lateTarget, 1000));
    assertThrows(
        InvalidAddressException.class,
        () -> MemoryFunctions.copy(lateSource, new Pointer(rightMemory, 8), 1000));
    assertThrows(InvalidAddressException.class, () -> MemoryFunctions.copy(start, nothing, 1));
    assertThrows(
        InvalidAddressException.class, () -> MemoryFunctions.fill(lateSource, 1000, (byte) 0));
    assertThrows(
        InvalidAddressException.class, () -> MemoryFunctions.compare(start, lateTarget, 1000));
    assertThrows(InvalidAddressException.class, () -> MemoryFunctions.mismatch(start, nothing, 1));
    assertThrows(
        InvalidAddressException.class,
        () -> MemoryFunctions.mismatch(lateSource, MemorySegment.ofArray(new byte[1000])));
    assertThrows(IllegalArgumentException.class, () -> MemoryFunctions.mismatch(start, start, -1));
    assertThrows(IllegalArgumentException.class, () -> MemoryFunctions.copy(start, lateTarget, -1));
    assertArrayEquals(new byte[SIZE], right);
    MemoryFunctions.copy(nothing, nothing, 0);
    assertEquals(0, MemoryFunctions.compare(nothing, start, 0));
  }
}
