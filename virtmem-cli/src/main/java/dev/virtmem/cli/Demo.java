package dev.virtmem.cli;

import dev.virtmem.PoolExhaustedException;
import dev.virtmem.VirtualMemory;
import dev.virtmem.VirtualMemoryBuilder;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.CountingStore;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Consumer;

/** Counts the words of a text in virtual memory, and measures what that takes. */
final class Demo {
  private final BackingStore store;
  private final CountingStore counted;
  private final VirtualMemory memory;
  private final UncachedCount uncached;
  private final WordCheck check;

  /**
   * Opens the memory.
   *
   * @param store where the words are to live; this closes it
   * @param settings of the memory
   * @param verify whether to count again in ordinary memory
   * @throws IllegalArgumentException if the settings contradict each other
   */
  Demo(BackingStore store, Consumer<VirtualMemoryBuilder> settings, boolean verify) {
    this.store = store;
    counted = new CountingStore(store);
    var builder = VirtualMemory.builder(counted);
    settings.accept(builder);
    memory = builder.open();
    uncached = new UncachedCount(store);
    check = verify ? new WordCheck() : null;
  }

  /**
   * Counts, and closes the store.
   *
   * @param text the text
   * @param top how many of the most frequent words to find
   * @throws Failure if the words do not fit into the store
   * @throws IOException if the text cannot be read
   */
  DemoResult run(Text text, int top) throws IOException {
    try (var progress = Progress.start("Counting", text.bytes(), "KiB", 1024);
        var in = new Watched(text.source().open(), progress)) {
      return count(text, new WordReader(in), top);
    } finally {
      // Everything was flushed, unless something failed; nobody will read the heap again.
      memory.abandon();
    }
  }

  private DemoResult count(Text text, WordReader reader, int top) throws IOException {
    var time = new DeviceTime(store, counted);
    var table = fill(reader);
    var entries = TopWords.of(table, top);
    memory.flush();
    uncached.finish(top);
    return new DemoResult(
        text.name(),
        store.toString(),
        table.words(),
        table.distinct(),
        reader.cut(),
        entries,
        DemoResult.Ram.of(memory, store.capacity()),
        memory.statistics(),
        counted.traffic(),
        time.seconds(),
        time.source(),
        uncached.result(),
        check != null,
        // The last, since it reads what was measured so far.
        check == null ? Optional.empty() : check.difference(table));
  }

  private WordTable fill(WordReader reader) throws IOException {
    WordTable table = null;
    try {
      table = new WordTable(memory);
      for (String word = reader.next(); word != null; word = reader.next()) {
        table.add(word);
        uncached.add(word);
        if (check != null) {
          check.add(word);
        }
      }
      return table;
    } catch (PoolExhaustedException e) {
      throw new Failure(doesNotFit(table == null ? 0 : table.distinct()), e);
    }
  }

  private String doesNotFit(int distinct) {
    long larger = Math.max(1 << 20, Long.highestOneBit(store.capacity()) * 4);
    return Lines.format(
        "the text does not fit: %,d different words fill %,d of the %,d bytes of %s; use a larger"
            + " store, such as --store heap:%dM",
        distinct, memory.usedBytes(), store.capacity(), store, larger >> 20);
  }

  /** Moves the progress bar as the text is read. */
  private static final class Watched extends FilterInputStream {
    private final Progress progress;
    private long done;

    Watched(InputStream in, Progress progress) {
      super(in);
      this.progress = progress;
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
      int count = super.read(target, from, length);
      done += Math.max(0, count);
      progress.to(done);
      return count;
    }
  }
}
