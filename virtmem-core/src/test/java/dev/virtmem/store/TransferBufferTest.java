package dev.virtmem.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TransferBufferTest {
  private final byte[] array = new byte[100];
  private final TransferBuffer buffer = new TransferBuffer(array, 1);

  @Test
  void listsItsPieces() {
    assertPieces();
    buffer.add(50, 10);
    buffer.add(0, 5);
    buffer.add(90, 10);
    assertPieces(50, 10, 0, 5, 90, 10);
    assertEquals(25, buffer.length());
    assertSame(array, buffer.array());
    buffer.clear();
    assertPieces();
    assertEquals(0, buffer.length());
  }

  @Test
  void joinsPiecesThatTouch() {
    buffer.add(10, 5);
    buffer.add(15, 5);
    buffer.add(30, 1);
    buffer.add(20, 5);
    buffer.add(25, 5);
    assertPieces(10, 10, 30, 1, 20, 10);
    assertEquals(21, buffer.length());
  }

  @Test
  void leavesOutEmptyPieces() {
    buffer.add(10, 0);
    buffer.add(100, 0);
    assertPieces();
    assertPieces(TransferBuffer.of(array, 3, 0));
  }

  @Test
  void wholeArrayIsOnePiece() {
    assertPieces(TransferBuffer.of(array), 0, 100);
    assertPieces(TransferBuffer.of(array, 7, 3), 7, 3);
  }

  @Test
  void putAndGetAgreeWithModel() {
    long seed = 4711;
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      String when = "seed " + seed + ", round " + round;
      int[] order = addPieces(random);
      int position = random.nextInt(order.length + 1);
      int count = random.nextInt(order.length - position + 1);
      var other = new byte[count + 5];
      random.nextBytes(other);
      random.nextBytes(array);
      int from = random.nextInt(6);

      var expected = array.clone();
      for (int i = 0; i < count; i++) {
        expected[order[position + i]] = other[from + i];
      }
      buffer.put(position, other, from, count);
      assertArrayEquals(expected, array, when);

      random.nextBytes(array);
      expected = other.clone();
      for (int i = 0; i < count; i++) {
        expected[from + i] = array[order[position + i]];
      }
      buffer.get(position, other, from, count);
      assertArrayEquals(expected, other, when);
    }
  }

  @Test
  void refusesPiecesOutsideTheArray() {
    for (int[] range : new int[][] {{-1, 1}, {100, 1}, {99, 2}, {0, -1}, {Integer.MAX_VALUE, 1}}) {
      assertThrows(IndexOutOfBoundsException.class, () -> buffer.add(range[0], range[1]));
      assertThrows(
          IndexOutOfBoundsException.class, () -> TransferBuffer.of(array, range[0], range[1]));
    }
    assertPieces();
  }

  @Test
  void refusesRangesOutsideTheTransfer() {
    buffer.add(10, 4);
    buffer.add(20, 4);
    var other = new byte[10];
    for (int[] range : new int[][] {{-1, 0, 1}, {8, 0, 1}, {7, 0, 2}, {0, 9, 2}, {0, -1, 1}}) {
      assertThrows(
          IndexOutOfBoundsException.class, () -> buffer.put(range[0], other, range[1], range[2]));
      assertThrows(
          IndexOutOfBoundsException.class, () -> buffer.get(range[0], other, range[1], range[2]));
    }
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.start(2));
    assertThrows(IndexOutOfBoundsException.class, () -> buffer.length(-1));
    assertArrayEquals(new byte[100], array);
  }

  /** Sets up to 6 pieces, each in a sixth of the array, and returns where each byte lies. */
  private int[] addPieces(Random random) {
    buffer.clear();
    int pieces = random.nextInt(7);
    int[] slots = random.ints(0, 6).distinct().limit(6).toArray();
    int[] order = new int[0];
    for (int i = 0; i < pieces; i++) {
      int start = slots[i] * 16 + random.nextInt(4);
      int count = random.nextInt(slots[i] * 16 + 16 - start + 1);
      buffer.add(start, count);
      int done = order.length;
      order = Arrays.copyOf(order, done + count);
      for (int j = 0; j < count; j++) {
        order[done + j] = start + j;
      }
    }
    assertEquals(order.length, buffer.length());
    return order;
  }

  private void assertPieces(int... startsAndLengths) {
    assertPieces(buffer, startsAndLengths);
  }

  private static void assertPieces(TransferBuffer buffer, int... startsAndLengths) {
    var actual = new int[buffer.pieces() * 2];
    for (int i = 0; i < buffer.pieces(); i++) {
      actual[2 * i] = buffer.start(i);
      actual[2 * i + 1] = buffer.length(i);
    }
    assertArrayEquals(startsAndLengths, actual);
  }
}
