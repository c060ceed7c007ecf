package dev.virtmem.examples;

import dev.virtmem.PersistentPool;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.StoreUri;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Makes an index of a text that may be larger than the heap, in a pool file, and finds words by it:
 *
 * <pre>
 * JAVA_OPTS=-Xmx16m examples/run WordIndex --generate 500M
 * examples/run WordIndex --text FILE [--store URI] WORD...
 * </pre>
 *
 * <p>A word is a run of ASCII letters and digits in any case, of which the first 24 count. The
 * index is committed 32 times, but not before 64 KiB more of text: a program that was killed goes
 * on after its last commit when it is run again, and the index of a whole text answers at once.
 */
final class WordIndex {
  private static final int RAM = 4 << 20;
  private static final int PAGE = 4096;
  private static final int BLOCK = 1 << 16;
  private static final int COMMITS = 32;

  private final WordTable table;
  private final byte[] letters = new byte[WordTable.LETTERS];

  WordIndex(PersistentPool pool, String text) {
    this.table = new WordTable(pool, text);
  }

  /** Adds what is not in the index yet of a text, which is read from its beginning. */
  void add(InputStream text, long size) throws IOException {
    long commitEvery = Math.max(BLOCK, size / COMMITS);
    byte[] block = new byte[BLOCK];
    long at = table.done();
    long start = at;
    text.skipNBytes(at);
    for (int read; (read = text.read(block)) > 0; at += read) {
      if (start - table.done() >= commitEvery) {
        table.commit(start);
      }
      for (int i = 0; i < read; i++) {
        int letter = letter(block[i]);
        if (letter == 0) {
          endWord(start, at + i);
          start = at + i + 1;
        } else if (at + i - start < letters.length) {
          letters[(int) (at + i - start)] = (byte) letter;
        }
      }
    }
    endWord(start, at);
    table.commit(at);
  }

  private void endWord(long start, long end) {
    if (end > start) {
      int length = (int) Math.min(end - start, letters.length);
      table.add(new String(letters, 0, length, StandardCharsets.US_ASCII), start);
    }
  }

  /** Returns a letter in lower case, or a digit; 0 for what separates words. */
  private static int letter(byte value) {
    if (value >= 'A' && value <= 'Z') {
      return value + 'a' - 'A';
    }
    return value >= 'a' && value <= 'z' || value >= '0' && value <= '9' ? value : 0;
  }

  static void main(String[] args) {
    var text = Text.generated(2 << 20);
    String store = null;
    List<String> words = new ArrayList<>();
    for (int i = 0; i < args.length; i++) {
      switch (args[i]) {
        case "--generate" -> text = Text.generated(StoreUri.parseSize("a text", value(args, ++i)));
        case "--text" -> text = Text.of(Path.of(value(args, ++i)));
        case "--store" -> store = value(args, ++i);
        default -> words.add(word(args[i]));
      }
    }
    if (words.isEmpty()) {
      words.addAll(GeneratedText.EXAMPLES);
    }
    try (var pool =
        VirtualMemory.builder(store == null ? text.poolFile() : store)
            .ram(RAM)
            .pageSize(PAGE)
            .openPersistent()) {
      run(pool, text, words);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns a word as the index has it. */
  private static String word(String given) {
    byte[] bytes = given.getBytes(StandardCharsets.US_ASCII);
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = (byte) letter(bytes[i]);
      if (bytes[i] == 0) {
        throw new IllegalArgumentException(
            "only --generate SIZE, --text FILE, --store URI and words are known, got " + given);
      }
    }
    return new String(
        bytes, 0, Math.min(bytes.length, WordTable.LETTERS), StandardCharsets.US_ASCII);
  }

  private static String value(String[] args, int i) {
    if (i == args.length) {
      throw new IllegalArgumentException(args[i - 1] + " needs a value");
    }
    return args[i];
  }

  private static void run(PersistentPool pool, Text text, List<String> words) throws IOException {
    var index = new WordIndex(pool, text.name());
    long before = index.table.done();
    long began = System.nanoTime();
    if (before < text.size()) {
      try (var input = text.open()) {
        index.add(input, text.size());
      }
    }
    double seconds = (System.nanoTime() - began) / 1e9;
    System.out.printf(
        Locale.ROOT,
        "%,d bytes of text, of which %,d were in the index before; %.1f s for the others%n"
            + "%,d different words, %,d bytes in the pool, %,d of RAM over it, heap up to %,d%n",
        index.table.done(),
        before,
        seconds,
        index.table.words(),
        pool.memory().usedBytes(),
        pool.memory().ramBytes(),
        Runtime.getRuntime().maxMemory());
    var found = words.stream().map(index.table::find).toList();
    for (int i = 0; i < words.size(); i++) {
      System.out.println(words.get(i) + ": " + found.get(i));
    }
    if (text.file() == null) {
      var counted = GeneratedText.find(words, text.size());
      System.out.println(found.equals(counted) ? "All of them right" : "WRONG, it is " + counted);
    }
  }

  /** A file, or a text that is generated if there is none. */
  private record Text(Path file, long size) {
    static Text generated(long size) {
      return new Text(null, size);
    }

    static Text of(Path file) {
      try {
        return new Text(file.toRealPath(), Files.size(file));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String name() {
      return size + " bytes of " + (file == null ? "generated text" : file);
    }

    InputStream open() throws IOException {
      return file == null ? new GeneratedText(size) : Files.newInputStream(file);
    }

    /** The index of usual texts takes less than they do. */
    String poolFile() {
      String folder = System.getProperty("java.io.tmpdir").replace("%", "%25").replace("?", "%3F");
      long pool = (size + (16 << 20)) / PAGE * PAGE;
      return "sd:%s/word-index-%d.vm?size=%d".formatted(folder, size, pool);
    }
  }
}
