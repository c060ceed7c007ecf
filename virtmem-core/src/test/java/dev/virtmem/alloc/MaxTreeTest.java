package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaxTreeTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 31, 32, 33, 1023, 1024, 1025, 40_000})
  void findsWhatALinearSearchFinds(int size) {
    MaxTree tree = new MaxTree(size);
    int[] model = new int[size];
    Random random = new Random(size);
    for (int step = 0; step < 3_000; step++) {
      int index = random.nextInt(size);
      int value = random.nextInt(4) == 0 ? random.nextInt(128) : random.nextInt(3);
      model[index] = value;
      int rest = random.nextInt(512);
      tree.set(index, value << 9 | rest);
      assertEquals(value << 9 | rest, tree.leaf(index));
      int from = random.nextInt(size);
      int least = random.nextInt(1, 129);
      int expected = from;
      while (expected < size && model[expected] < least) {
        expected++;
      }
      assertEquals(expected == size ? -1 : expected, tree.first(from, least), "step " + step);
    }
    tree.check();
    int max = 0;
    for (int value : model) {
      max = Math.max(max, value);
    }
    assertEquals(max, tree.max());
    assertEquals(-1, tree.first(size, 1));
  }
}
