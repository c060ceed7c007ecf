package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.BitSet;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BitFlipsTest {
  private static final int BYTES = 1 << 20;

  private static BitFlips flips(double rate, long seed) {
    var flips = new BitFlips(new SplittableRandom(seed));
    flips.rate(rate);
    return flips;
  }

  /** Numbers of successes in n trials are off by more than 4 deviations once in 15,000 times. */
  private static void assertBinomial(double trials, double rate, long successes) {
    double deviation = Math.sqrt(trials * rate * (1 - rate));
    assertEquals(trials * rate, successes, 4 * deviation);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1e-5, 1e-4, 1e-3, 0.01, 0.1, 0.5, 0.9})
  void haveTheRate(double rate) {
    var bytes = new byte[BYTES];
    flips(rate, 11).apply(bytes, 0, BYTES);
    var flipped = BitSet.valueOf(bytes);
    assertBinomial(8.0 * BYTES, rate, flipped.cardinality());
    // As often in the second half, and in each bit of a byte.
    assertBinomial(4.0 * BYTES, rate, flipped.get(4 * BYTES, 8 * BYTES).cardinality());
    for (int bit = 0; bit < 8; bit++) {
      int count = 0;
      for (byte b : bytes) {
        count += b >> bit & 1;
      }
      assertBinomial(BYTES, rate, count);
    }
  }

  /** A bit after a flip flips as often as any other. */
  @Test
  void areIndependent() {
    var bytes = new byte[BYTES];
    flips(0.05, 12).apply(bytes, 0, BYTES);
    var flipped = BitSet.valueOf(bytes);
    var neighbours = BitSet.valueOf(bytes);
    neighbours.and(flipped.get(1, 8 * BYTES));
    assertBinomial(8.0 * BYTES, 0.05 * 0.05, neighbours.cardinality());
  }

  @Test
  void doNotDependOnHowTheTrafficIsCut() {
    var whole = new byte[100_000];
    flips(0.01, 13).apply(whole, 0, whole.length);
    var parts = new byte[100_000];
    var flips = flips(0.01, 13);
    var random = new Random(1);
    for (int at = 0, length; at < parts.length; at += length) {
      length = Math.min(random.nextInt(200), parts.length - at);
      byte[] before = Arrays.copyOfRange(parts, at, at + length);
      flips.rate(0.01);
      boolean expected = flips.within(length);
      flips.apply(parts, at, length);
      assertEquals(expected, !Arrays.equals(before, 0, length, parts, at, at + length), "at " + at);
    }
    assertArrayEquals(whole, parts);
  }

  @Test
  void comeFromTheSeed() {
    var first = new byte[1000];
    flips(0.01, 14).apply(first, 0, 1000);
    var same = new byte[1000];
    flips(0.01, 14).apply(same, 0, 1000);
    var other = new byte[1000];
    flips(0.01, 15).apply(other, 0, 1000);
    assertArrayEquals(first, same);
    assertFalse(Arrays.equals(first, other));
  }

  @Test
  void canBeNoneOrAll() {
    var bytes = new byte[100];
    var flips = flips(1, 16);
    assertTrue(flips.within(1));
    flips.apply(bytes, 10, 20);
    assertEquals(160, BitSet.valueOf(bytes).cardinality());
    flips.rate(0);
    assertFalse(flips.within(Integer.MAX_VALUE));
    flips.apply(bytes, 0, 100);
    assertEquals(160, BitSet.valueOf(bytes).cardinality());
  }
}
