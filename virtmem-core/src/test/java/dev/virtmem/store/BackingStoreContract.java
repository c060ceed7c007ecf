package dev.virtmem.store;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What every {@link BackingStore} must do. A subclass per store opens it; the capacity is the
 * store's own, from 64 bytes to a few MiB, since most tests write all of it.
 */
public abstract class BackingStoreContract {
  private static final long SEED = 0x5eed;

  private BackingStore store;
  private int capacity;
  private byte[] model;

  /** Opens the store under test, with any contents. It is closed after each test. */
  protected abstract BackingStore open() throws Exception;

  /** How many transfers each random test does. Fewer suit a slow device. */
  protected int rounds() {
    return 2000;
  }

  @BeforeEach
  protected void openAndFill() throws Exception {
    store = open();
    capacity = Math.toIntExact(store.capacity());
    model = new byte[capacity];
    new Random(SEED).nextBytes(model);
    store.write(0, model, 0, capacity);
  }

  @AfterEach
  protected void closeStore() {
    store.close();
  }

  @Test
  protected void wholeStoreInOneTransfer() {
    assertStoreIsLikeModel("after the first write");
  }

  @Test
  protected void capacityIsConstant() {
    assertTrue(capacity >= 64, "the contract needs 64 bytes, got " + capacity);
    store.read(0, new byte[1], 0, 1);
    assertEquals(capacity, store.capacity());
  }

  @Test
  protected void singleBytesAtBoundaries() {
    for (int power = 1; power <= capacity && power > 0; power *= 2) {
      for (int at = power - 2; at <= power + 1; at++) {
        if (at >= 0 && at < capacity) {
          writeByte(at, (byte) (at * 31 + 7));
        }
      }
    }
    writeByte(capacity - 2, (byte) 0x81);
    writeByte(capacity - 1, (byte) 0x7e);
    assertStoreIsLikeModel("after single bytes");
    for (int at : new int[] {0, 1, 31, 32, 33, 63, capacity - 2, capacity - 1}) {
      var one = new byte[1];
      store.read(at, one, 0, 1);
      assertEquals(model[at], one[0], "byte " + at);
    }
  }

  @Test
  protected void transfersAcrossPowersOfTwo() {
    for (int power = 32; power <= capacity - 5 && power > 0; power *= 2) {
      var five = new byte[] {1, 2, (byte) power, 4, (byte) 0xff};
      store.write(power - 2, five, 0, 5);
      System.arraycopy(five, 0, model, power - 2, 5);
      var back = new byte[5];
      store.read(power - 2, back, 0, 5);
      assertArrayEquals(five, back, "around " + power);
    }
    assertStoreIsLikeModel("after transfers across powers of two");
  }

  @Test
  protected void zeroBytesDoNothing() {
    var array = new byte[] {1, 2, 3};
    for (long at : new long[] {0, 1, capacity / 2, capacity - 1, capacity}) {
      store.write(at, array, 1, 0);
      store.read(at, array, 1, 0);
      store.write(at, new TransferBuffer(array, 1));
      store.read(at, new TransferBuffer(array, 1));
    }
    assertArrayEquals(new byte[] {1, 2, 3}, array);
    assertStoreIsLikeModel("after empty transfers");
  }

  @Test
  protected void randomTransfersAgreeWithModel() {
    var random = new Random(SEED);
    for (int round = 0; round < rounds(); round++) {
      int length = length(random);
      int at = random.nextInt(capacity - length + 1);
      var array = new byte[length + 16];
      int from = random.nextInt(17);
      random.nextBytes(array);
      var before = array.clone();
      if (random.nextBoolean()) {
        store.write(at, array, from, length);
        System.arraycopy(array, from, model, at, length);
      } else {
        store.read(at, array, from, length);
        System.arraycopy(model, at, before, from, length);
      }
      assertArrayEquals(before, array, message(round, at, length));
    }
    assertStoreIsLikeModel("after random transfers, seed " + SEED);
  }

  @Test
  protected void piecesAgreeWithModel() {
    var random = new Random(SEED);
    var array = new byte[Math.min(capacity, 4096) + 64];
    var expected = new byte[array.length];
    var buffer = new TransferBuffer(array, 1);
    for (int round = 0; round < rounds(); round++) {
      random.nextBytes(array);
      System.arraycopy(array, 0, expected, 0, array.length);
      addPieces(buffer, random);
      int at = random.nextInt(capacity - buffer.length() + 1);
      boolean write = random.nextBoolean();
      if (write) {
        store.write(at, buffer);
      } else {
        store.read(at, buffer);
      }
      int next = at;
      for (int i = 0; i < buffer.pieces(); i++) {
        if (write) {
          System.arraycopy(expected, buffer.start(i), model, next, buffer.length(i));
        } else {
          System.arraycopy(model, next, expected, buffer.start(i), buffer.length(i));
        }
        next += buffer.length(i);
      }
      assertArrayEquals(expected, array, message(round, at, buffer.length()));
    }
    assertStoreIsLikeModel("after transfers of pieces, seed " + SEED);
  }

  @Test
  protected void largePiecesInReverse() {
    int third = capacity / 3;
    var array = new byte[3 * third];
    var buffer = new TransferBuffer(array, 3);
    for (int piece = 2; piece >= 0; piece--) {
      buffer.add(piece * third, third);
    }
    store.read(0, buffer);
    var expected = new byte[3 * third];
    for (int piece = 0; piece < 3; piece++) {
      System.arraycopy(model, piece * third, expected, (2 - piece) * third, third);
    }
    assertArrayEquals(expected, array);

    store.write(capacity - 3 * third, buffer);
    System.arraycopy(model.clone(), 0, model, capacity - 3 * third, 3 * third);
    assertStoreIsLikeModel("after a large write in pieces");
  }

  @Test
  protected void rangesOutsideAreRefused() {
    refused(-1, 1);
    refused(-1, 2);
    refused(-1, 0);
    refused(Long.MIN_VALUE, 1);
    refused(capacity, 1);
    refused(capacity - 1, 2);
    refused(0, capacity + 1);
    refused(capacity + 1L, 0);
    refused(Long.MAX_VALUE, 1);
    refused(Long.MAX_VALUE, 0);
    refused(Long.MAX_VALUE - 1, 2);
    refused(1L << 32, 1);
    refused((1L << 32) + 1, 1);
    assertStoreIsLikeModel("after refused transfers");
  }

  @Test
  protected void rangesOutsideTheArrayAreRefused() {
    var array = new byte[8];
    for (int[] range : new int[][] {{-1, 1}, {8, 1}, {7, 2}, {0, 9}, {0, -1}, {9, 0}}) {
      String what = Arrays.toString(range);
      assertThrows(
          IndexOutOfBoundsException.class, () -> store.read(0, array, range[0], range[1]), what);
      assertThrows(
          IndexOutOfBoundsException.class, () -> store.write(0, array, range[0], range[1]), what);
    }
    assertArrayEquals(new byte[8], array);
    assertStoreIsLikeModel("after refused transfers");
  }

  @Test
  protected void keepsNoReferenceToArrays() {
    var array = new byte[16];
    Arrays.fill(array, (byte) 0x33);
    store.write(8, array, 0, 16);
    Arrays.fill(model, 8, 24, (byte) 0x33);
    Arrays.fill(array, (byte) 0x44);
    assertStoreIsLikeModel("after the source changed");
    store.read(8, array, 0, 16);
    Arrays.fill(array, (byte) 0x55);
    assertStoreIsLikeModel("after the target changed");
  }

  @Test
  protected void syncKeepsContents() {
    writeByte(3, (byte) 0x12);
    store.sync();
    store.sync();
    assertStoreIsLikeModel("after sync");
  }

  @Test
  protected void costIsConstantAndSane() {
    TransferCost cost = store.cost();
    store.read(0, new byte[16], 0, 16);
    store.write(0, model, 0, 16);
    assertEquals(cost, store.cost());
    assertTrue(cost.unit() <= capacity, "unit " + cost.unit() + " above the capacity");
    double minute = 60e9;
    for (double time : new double[] {cost.readTime(1), cost.writeTime(1)}) {
      assertTrue(time > 0 && time < minute, "a byte takes " + time + " ns");
    }
    assertTrue(cost.readTime(capacity) < minute * 60, "reading all takes an hour: " + cost);
    assertTrue(cost.writeTime(capacity) < minute * 60, "writing all takes an hour: " + cost);
  }

  @Test
  protected void closedStoreRefusesTransfers() {
    TransferCost cost = store.cost();
    String name = store.toString();
    store.close();
    var array = new byte[4];
    assertThrows(StoreException.class, () -> store.read(0, array, 0, 4));
    assertThrows(StoreException.class, () -> store.write(0, array, 0, 4));
    assertThrows(StoreException.class, () -> store.read(0, array, 0, 0));
    assertThrows(StoreException.class, () -> store.write(0, array, 0, 0));
    assertThrows(StoreException.class, () -> store.sync());
    assertEquals(capacity, store.capacity());
    assertEquals(cost, store.cost());
    assertEquals(name, store.toString());
    assertDoesNotThrow(() -> store.close());
  }

  @Test
  protected void nameIsTold() {
    assertTrue(!store.toString().isEmpty() && !store.toString().contains("@"), store.toString());
  }

  private void writeByte(int at, byte value) {
    store.write(at, new byte[] {0, value, 0}, 1, 1);
    model[at] = value;
  }

  private void refused(long offset, int length) {
    var array = new byte[length];
    Arrays.fill(array, (byte) 0x6b);
    var before = array.clone();
    String what = length + " bytes at " + offset;
    assertThrows(IndexOutOfBoundsException.class, () -> store.read(offset, array, 0, length), what);
    assertArrayEquals(before, array, what);
    assertThrows(
        IndexOutOfBoundsException.class, () -> store.write(offset, array, 0, length), what);
  }

  /** Mostly short lengths, some up to the whole store. */
  private int length(Random random) {
    int bound = random.nextInt(50) == 0 ? capacity : Math.min(capacity, 1 << random.nextInt(12));
    return random.nextInt(bound + 1);
  }

  /** Sets up to 8 pieces of one array, apart or touching, in any order, that do not overlap. */
  private void addPieces(TransferBuffer buffer, Random random) {
    buffer.clear();
    int pieces = random.nextInt(9);
    int slot = Math.min(capacity, 4096) / 8;
    int[] slots = random.ints(0, 8).distinct().limit(8).toArray();
    for (int i = 0; i < pieces; i++) {
      int skip = random.nextInt(3) == 0 ? random.nextInt(slot) : 0;
      int count = random.nextBoolean() ? slot - skip : random.nextInt(slot - skip + 1);
      buffer.add(slots[i] * slot + skip, count);
    }
  }

  private void assertStoreIsLikeModel(String when) {
    var all = new byte[capacity];
    store.read(0, all, 0, capacity);
    assertArrayEquals(model, all, when);
  }

  private static String message(int round, int at, int length) {
    return "seed " + SEED + ", round " + round + ", " + length + " bytes at " + at;
  }
}
