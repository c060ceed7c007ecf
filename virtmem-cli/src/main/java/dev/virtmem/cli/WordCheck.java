package dev.virtmem.cli;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Counts words again in ordinary memory, to hold against what virtual memory says. */
final class WordCheck {
  private final Map<String, Integer> counts = new HashMap<>();

  /** Counts a word. */
  void add(String word) {
    counts.merge(word, 1, Integer::sum);
  }

  /**
   * Compares every word and its count. Empties this.
   *
   * @return the first difference, or nothing if there is none
   */
  Optional<String> difference(WordTable table) {
    String[] first = new String[1];
    table.forEach(
        (at, word) -> {
          String text = WordTable.text(at, word);
          Integer count = counts.remove(text);
          if (first[0] == null && (count == null || count != word.count())) {
            first[0] = describe(text, word.count(), count == null ? 0 : count);
          }
        });
    if (first[0] == null && !counts.isEmpty()) {
      var missing = counts.entrySet().iterator().next();
      first[0] = describe(missing.getKey(), 0, missing.getValue());
    }
    return Optional.ofNullable(first[0]);
  }

  private static String describe(String word, int found, int expected) {
    return Lines.format(
        "'%s' was counted %,d times in virtual memory, but %,d times in ordinary memory",
        word, found, expected);
  }
}
