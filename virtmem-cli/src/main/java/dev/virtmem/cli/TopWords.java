package dev.virtmem.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** The most frequent words of a table: the only ones that are in ordinary memory, for printing. */
final class TopWords {
  /**
   * A line of the list.
   *
   * @param word the word
   * @param count how often it was counted
   */
  record Entry(String word, int count) {}

  /** The most frequent first, equally frequent ones in the order of the alphabet. */
  private static final Comparator<Entry> ORDER =
      Comparator.comparingInt(Entry::count).reversed().thenComparing(Entry::word);

  private final List<Entry> entries = new ArrayList<>();

  private TopWords() {}

  /** Walks a table for its most frequent words, of which it reads the texts. */
  static List<Entry> of(WordTable table, int most) {
    var top = new TopWords();
    if (most > 0) {
      table.forEach(
          (at, word) -> {
            if (top.entries.size() < most || word.count() >= top.entries.getLast().count()) {
              top.insert(new Entry(WordTable.text(at, word), word.count()), most);
            }
          });
    }
    return List.copyOf(top.entries);
  }

  private void insert(Entry entry, int most) {
    int at = -Collections.binarySearch(entries, entry, ORDER) - 1;
    entries.add(at, entry);
    if (entries.size() > most) {
      entries.removeLast();
    }
  }
}
