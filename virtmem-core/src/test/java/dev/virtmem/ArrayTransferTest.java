package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.virtmem.store.HeapStore;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Arrays that span pages, in frames that lie side by side and in frames that do not. */
class ArrayTransferTest {
  private static final int INTS = 512;

  @ParameterizedTest
  @CsvSource({"8, 64, 1", "8, 64, 2", "40, 64, 3", "4, 256, 4", "3, 1024, 5", "64, 16, 6"})
  void agreesWithAnArray(int frames, int pageSize, long seed) {
    var random = new Random(seed);
    try (var memory =
        VirtualMemory.builder(new HeapStore(8 + 4 * INTS + 1024))
            .frames(frames)
            .pageSize(pageSize)
            .lockBuffers()
            .open()) {
      // Off the boundaries of numbers, so that some straddle pages.
      var numbers = new IntPointer(memory, memory.start() + random.nextInt(4));
      var model = new int[INTS];
      numbers.set(0, model, 0, INTS);
      for (int step = 0; step < 5000; step++) {
        int count = random.nextInt(random.nextInt(INTS) + 1);
        int from = random.nextInt(INTS - count + 1);
        switch (random.nextInt(6)) {
          case 0, 1 -> {
            int[] values = random.ints(count + 2).toArray();
            numbers.set(from, values, 1, count);
            System.arraycopy(values, 1, model, from, count);
          }
          case 2, 3 -> {
            int[] found = new int[count + 2];
            numbers.get(from, found, 1, count);
            int[] expected = Arrays.copyOfRange(model, from, from + count);
            assertArrayEquals(expected, Arrays.copyOfRange(found, 1, count + 1), "step " + step);
            assertEquals(0, found[0] | found[count + 1], "step " + step);
          }
          case 4 -> {
            numbers.set(from % INTS, step);
            model[from % INTS] = step;
          }
          default -> {
            memory.flush();
            if (random.nextBoolean()) {
              memory.drop();
            }
          }
        }
        memory.check();
      }
    }
  }

  /** All that one write of an array covers is dirty, not only its first page. */
  @Test
  void whatIsWrittenInOnePieceReachesTheStore() {
    var store = new HeapStore(4096);
    try (var memory = VirtualMemory.builder(store).frames(16).pageSize(64).lockBuffers().open()) {
      var bytes = new BytePointer(memory, 64);
      bytes.get(0, new byte[640], 0, 640);
      bytes.set(10, new byte[600], 0, 600);
      memory.flush();
      var ones = new byte[600];
      Arrays.fill(ones, (byte) 1);
      bytes.set(10, ones, 0, 600);
      memory.flush();
      var stored = new byte[600];
      store.read(74, stored, 0, 600);
      assertArrayEquals(ones, stored);
    }
  }

  /** One page of those that an array covers lies in a frame that is not beside the others'. */
  @ParameterizedTest
  @ValueSource(ints = {2, 8, 9, 10, 20})
  void anyPageMayLieElsewhere(int pages) {
    int length = 64 * pages;
    var expected = new byte[length];
    new Random(pages).nextBytes(expected);
    for (int odd = 0; odd < pages; odd++) {
      try (var memory =
          VirtualMemory.builder(new HeapStore(4096)).frames(32).pageSize(64).lockBuffers().open()) {
        var bytes = new BytePointer(memory, 64);
        for (int page = 0; page < pages; page++) {
          bytes.set(64 * (page == odd ? pages + 1 : page), expected, 64 * page, 64);
        }
        bytes.set(64 * odd, expected, 64 * odd, 64);
        var found = new byte[length];
        bytes.get(0, found, 0, length);
        assertArrayEquals(expected, found, "page " + odd);
        bytes.set(0, new byte[length], 0, length);
        bytes.get(64 * (pages + 1), found, 0, 64);
        assertArrayEquals(
            Arrays.copyOfRange(expected, 64 * odd, 64 * odd + 64), Arrays.copyOf(found, 64));
      }
    }
  }
}
