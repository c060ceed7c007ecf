package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.CorruptPoolException;
import dev.virtmem.InvalidAddressException;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What programs do wrong: each is told by an exception that leaves the pool as it was. */
class MisuseTest {
  private static final int SIZE = 1 << 16;

  private final ArrayPool pool = new ArrayPool(0, SIZE);
  private Allocator allocator;
  private long narrow;
  private long wide;
  private long last;

  @BeforeEach
  void fillWithGarbage() {
    new Random(1).nextBytes(pool.bytes);
  }

  private void prepare(Fit fit) {
    allocator = Allocator.format(pool, PoolLayout.of(1, SIZE, 1024, 77), fit);
    narrow = allocator.allocate(100);
    wide = allocator.allocate(104);
    last = allocator.allocate(100);
    assertEquals(4, narrow % 8);
    assertEquals(0, wide % 8);
  }

  private void assertRefused(long address, String reason) {
    byte[] before = pool.bytes.clone();
    InvalidAddressException e =
        assertThrows(InvalidAddressException.class, () -> allocator.free(address));
    assertTrue(e.getMessage().contains("" + address), e.getMessage());
    assertTrue(e.getMessage().contains(reason), e.getMessage());
    assertThrows(InvalidAddressException.class, () -> allocator.sizeOf(address));
    assertThrows(InvalidAddressException.class, () -> allocator.grow(address, 1));
    assertArrayEquals(before, pool.bytes);
    allocator.check();
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void nullIsNoBlock(Fit fit) {
    prepare(fit);
    assertRefused(0, "null");
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void doubleFree(Fit fit) {
    prepare(fit);
    allocator.free(wide);
    assertRefused(wide, "free memory");
    allocator.free(narrow);
    assertRefused(narrow, "free memory");
    assertRefused(wide, "free memory");
    allocator.free(last);
    assertRefused(last, "free memory");
    assertRefused(wide, "free memory");
    assertRefused(narrow, "free memory");
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void insideABlock(Fit fit) {
    prepare(fit);
    for (long block : new long[] {narrow, wide}) {
      for (long offset = 1; offset < 96; offset++) {
        assertRefused(block + offset, offset % 4 == 0 ? "inside the one at " + block : "no block");
      }
    }
    assertRefused(wide - 4, "inside the one at " + wide);
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void insideABlockThatTookThePlaceOfSmallerOnes(Fit fit) {
    prepare(fit);
    allocator.free(narrow);
    allocator.free(last);
    allocator.free(wide);
    long whole = allocator.allocate(400);
    assertRefused(wide, "inside the one at " + whole);
    assertRefused(last, "inside the one at " + whole);
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void outsideOfThePoolAndNeverAllocated(Fit fit) {
    prepare(fit);
    for (long address : new long[] {-8, -4, 4, 8, SIZE + 8L, SIZE + 12L, Long.MAX_VALUE - 7}) {
      assertRefused(address, "no block");
    }
    assertRefused(40_000, "free memory");
    assertRefused(SIZE - 4L, "free memory");
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void addressesOfAnEarlierPoolInTheSameBytes(Fit fit) {
    prepare(fit);
    allocator = Allocator.format(pool, PoolLayout.of(1, SIZE, 1024, 78), fit);
    assertRefused(narrow, "free memory");
    assertRefused(wide, "free memory");
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void aSmashedHeaderIsFoundWhereverItIsMet(Fit fit) {
    prepare(fit);
    byte[] before = pool.bytes.clone();
    int headerOfWide = (int) wide - 8;
    for (int bit = 0; bit < 32; bit++) {
      pool.setInt(headerOfWide, pool.getInt(headerOfWide) ^ 1 << bit);
      byte[] smashed = pool.bytes.clone();
      CorruptPoolException e =
          assertThrows(CorruptPoolException.class, () -> allocator.free(wide), "bit " + bit);
      assertTrue(e.getMessage().contains("" + headerOfWide), e.getMessage());
      assertThrows(CorruptPoolException.class, () -> allocator.free(narrow));
      assertThrows(CorruptPoolException.class, allocator::check);
      assertThrows(CorruptPoolException.class, () -> AllocatorTest.blocks(allocator));
      assertThrows(CorruptPoolException.class, () -> allocator.allocate(60_000));
      assertArrayEquals(smashed, pool.bytes);
      System.arraycopy(before, 0, pool.bytes, 0, SIZE);
    }
    allocator.check();
    allocator.free(wide);
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void aWriteToFreedMemoryIsFoundWhenItsEndWasHit(Fit fit) {
    prepare(fit);
    allocator.free(wide);
    long end = wide + 104;
    for (int garbage : new int[] {0, -1, 13, 15, 1 << 20, Integer.MIN_VALUE | 1}) {
      int footer = pool.getInt(end - 4);
      pool.setInt(end - 4, garbage);
      CorruptPoolException e = assertThrows(CorruptPoolException.class, () -> allocator.free(last));
      assertTrue(e.getMessage().contains("" + end), e.getMessage());
      assertThrows(CorruptPoolException.class, allocator::check);
      pool.setInt(end - 4, footer);
    }
    allocator.free(last);
    allocator.check();
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void aFooterThatLeadsToSomeOtherBlockIsFound(Fit fit) {
    prepare(fit);
    long guard = allocator.allocate(100);
    allocator.free(wide);
    long startOfWide = wide - 8;
    long startOfLast = last - 4;
    pool.setInt(startOfLast - 4, (int) (startOfLast - (narrow - 4)) / 8);
    assertThrows(CorruptPoolException.class, () -> allocator.free(last));
    pool.setInt(startOfLast - 4, (int) (startOfLast - startOfWide) / 8);
    allocator.free(narrow);
    allocator.free(last);
    allocator.check();
    long startOfGuard = guard - 4;
    pool.setInt(startOfGuard - 4, (int) (startOfGuard - startOfWide) / 8);
    assertThrows(CorruptPoolException.class, () -> allocator.free(guard));
  }

  @ParameterizedTest
  @EnumSource(Fit.class)
  void aBlockThatReachesBeyondThePoolIsFound(Fit fit) {
    prepare(fit);
    PoolLayout shorter = PoolLayout.of(1, SIZE / 2, 1024, 77);
    Allocator attached = Allocator.attach(pool, shorter, fit, allocator.usage());
    assertThrows(CorruptPoolException.class, attached::check);
    assertThrows(CorruptPoolException.class, () -> attached.allocate(1000));
  }
}
