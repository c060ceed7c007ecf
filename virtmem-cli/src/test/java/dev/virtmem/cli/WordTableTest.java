package dev.virtmem.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PoolExhaustedException;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.HeapStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordTableTest {
  private static Map<String, Integer> contents(WordTable table) {
    var contents = new HashMap<String, Integer>();
    table.forEach(
        (at, word) -> {
          Integer before = contents.put(WordTable.text(at, word), word.count());
          assertEquals(null, before, "a word is in the table twice");
        });
    return contents;
  }

  /** Few bits of randomness, so that many words repeat. */
  private static String word(Random random) {
    var word = new StringBuilder();
    do {
      word.append((char) ('a' + random.nextInt(6)));
    } while (random.nextInt(6) > 0);
    return word.toString();
  }

  @ParameterizedTest
  @ValueSource(ints = {128, 1024, 5376})
  void countsAsAHashMapDoes(int ram) {
    long seed = ram * 31L;
    var random = new Random(seed);
    try (var memory = VirtualMemory.builder(new HeapStore(1 << 20)).ram(ram).open()) {
      var table = new WordTable(memory);
      var model = new HashMap<String, Integer>();
      for (int i = 1; i <= 20_000; i++) {
        String word = word(random);
        table.add(word);
        model.merge(word, 1, Integer::sum);
        if (i % 5_000 == 0) {
          assertEquals(model, contents(table), "seed " + seed + ", step " + i);
        }
      }
      assertEquals(20_000, table.words());
      assertEquals(model.size(), table.distinct());
      memory.check();
    }
  }

  @Test
  void wordsThatDifferOnlyInTheirLastByteOrLengthAreDifferent() {
    try (var memory = VirtualMemory.builder(new HeapStore(1 << 16)).open()) {
      var table = new WordTable(memory);
      // Equal hash codes.
      var words = List.of("Aa", "BB", "AaAa", "BBBB", "AaBB", "BBAa", "A", "\u00e9\u00e9");
      words.forEach(table::add);
      words.forEach(table::add);
      var expected = new HashMap<String, Integer>();
      words.forEach(word -> expected.put(word, 2));
      assertEquals(expected, contents(table));
    }
  }

  @Test
  void holdsWordsOfTheGreatestLength() {
    try (var memory = VirtualMemory.builder(new HeapStore(1 << 16)).open()) {
      var table = new WordTable(memory);
      String word = "\ud835\udc00".repeat(WordReader.MAX_LETTERS);
      assertTrue(word.getBytes(StandardCharsets.UTF_8).length > 127);
      table.add(word);
      table.add(word);
      assertEquals(Map.of(word, 2), contents(table));
    }
  }

  @Test
  void goesOnWithoutRoomToGrowUntilTheStoreIsFull() {
    int capacity = 12 << 10;
    try (var memory = VirtualMemory.builder(new HeapStore(capacity)).open()) {
      var table = new WordTable(memory);
      var model = new HashMap<String, Integer>();
      assertThrows(
          PoolExhaustedException.class,
          () -> {
            for (int i = 0; ; i++) {
              String word = "w" + Integer.toString(i, 36);
              table.add(word);
              model.put(word, 1);
            }
          });
      assertEquals(model, contents(table));
      // A table that has to grow beyond 512 buckets would need 8 KiB at once.
      assertTrue(model.size() > 512, model.size() + " words");
      assertTrue(memory.usedBytes() > capacity * 0.98, memory.usedBytes() + " bytes");
    }
  }

  @Test
  void findsTheMostFrequentWords() {
    try (var memory = VirtualMemory.builder(new HeapStore(1 << 16)).open()) {
      var table = new WordTable(memory);
      for (String word : "d c b a c b d b e a b".split(" ")) {
        table.add(word);
      }
      var b = new TopWords.Entry("b", 4);
      var a = new TopWords.Entry("a", 2);
      var c = new TopWords.Entry("c", 2);
      var d = new TopWords.Entry("d", 2);
      var e = new TopWords.Entry("e", 1);
      assertEquals(List.of(), TopWords.of(table, 0));
      assertEquals(List.of(b, a, c), TopWords.of(table, 3));
      assertEquals(List.of(b, a, c, d, e), TopWords.of(table, 10));
    }
  }
}
