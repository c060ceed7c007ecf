package dev.virtmem.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.virtmem.cli.DemoResult.Ram;
import dev.virtmem.store.Traffic;
import java.nio.charset.Charset;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Model.CommandSpec;

/** Prints what a demo found: for people, or for programs. */
final class DemoReport {
  private static final int BAR = 40;

  private final DemoResult result;
  private final Lines lines;

  private DemoReport(DemoResult result, CommandSpec spec) {
    this.result = result;
    this.lines = new Lines(spec);
  }

  /** Prints tables of at most 80 columns. */
  static void text(DemoResult result, String policy, CommandSpec spec) {
    var report = new DemoReport(result, spec);
    report.words();
    report.ram(policy);
    report.traffic();
  }

  private void words() {
    lines.print("The words of %s,", result.text());
    lines.print("counted in %s", result.store());
    lines.skip();
    int most = result.top().isEmpty() ? 1 : result.top().getFirst().count();
    String block = canPrint('\u2588') ? "\u2588" : "#";
    int width = result.top().stream().mapToInt(entry -> entry.word().length()).max().orElse(0);
    for (TopWords.Entry entry : result.top()) {
      long bar = Math.max(1, Math.round((double) BAR * entry.count() / most));
      lines.print(
          "  %-" + Math.clamp(width, 8, 24) + "s %,9d  %s",
          entry.word(),
          entry.count(),
          block.repeat((int) bar));
    }
    if (!result.top().isEmpty()) {
      lines.skip();
    }
    lines.print("  %,d words, %,d different", result.words(), result.distinct());
    if (result.cut() > 0) {
      lines.print(
          "  %,d times, letters ran on for more than %d characters, and were cut",
          result.cut(), WordReader.MAX_LETTERS);
    }
    if (result.verified()) {
      lines.print("  verified: ordinary memory counts the same, word for word");
    }
  }

  private static boolean canPrint(char c) {
    String name = System.getProperty("stdout.encoding", "US-ASCII");
    return Charset.isSupported(name) && Charset.forName(name).newEncoder().canEncode(c);
  }

  private void ram(String policy) {
    Ram ram = result.ram();
    lines.skip();
    lines.print(
        "%-26s %,14d bytes   %,d frames of %,d, %s",
        "RAM, frames and buffers", ram.bytes(), ram.frames(), ram.pageSize(), policy);
    lines.print("%-26s %,14d bytes", "RAM, bookkeeping", ram.bookkeepingBytes());
    lines.print(
        "%-26s %,14d bytes   %.1f times frames and buffers",
        "Held in the store", ram.heldBytes(), (double) ram.heldBytes() / ram.bytes());
  }

  private void traffic() {
    var statistics = result.statistics();
    lines.skip();
    lines.print(
        "%-26s %13.2f %%       %,d hits, %,d faults",
        "Hit rate", 100 * statistics.hitRate(), statistics.hits(), statistics.faults());
    lines.skip();
    String title = result.uncached().isPresent() ? "without a cache *" : "";
    lines.print("%-26s %14s %20s", "", "with the cache", title);
    row("Bytes read", Traffic::bytesRead);
    row("Bytes written", Traffic::bytesWritten);
    row("Transfers, reads", Traffic::reads);
    row("Transfers, writes", Traffic::writes);
    lines.print(
        "%-26s %14s%s",
        "Time, " + result.secondsBy(),
        Lines.seconds(result.seconds()),
        uncached(
            without ->
                Lines.format(
                    "%21s   %.1f times",
                    Lines.seconds(without.seconds()), without.seconds() / result.seconds())));
    if (result.uncached().isPresent()) {
      lines.skip();
      lines.print("* The same program with a single frame of 64 bytes that holds nothing but");
      lines.print("  what was asked for last: nearly each access is a transfer.");
    }
  }

  private void row(String name, ToLongFunction<Traffic> count) {
    lines.print(
        "%-26s %,14d%s",
        name,
        count.applyAsLong(result.traffic()),
        uncached(without -> Lines.format("%,21d", count.applyAsLong(without.traffic()))));
  }

  private String uncached(Function<UncachedCount.Result, String> cell) {
    return result.uncached().map(cell).orElse("");
  }

  /** Prints an object. */
  static void json(DemoResult result, CommandSpec spec) {
    var json = new JsonObject();
    json.addProperty("text", result.text());
    json.addProperty("store", result.store());
    json.addProperty("words", result.words());
    json.addProperty("distinct", result.distinct());
    json.addProperty("cut", result.cut());
    json.addProperty("verified", result.verified());
    json.addProperty("frames", result.ram().frames());
    json.addProperty("pageSize", result.ram().pageSize());
    json.addProperty("ramBytes", result.ram().bytes());
    json.addProperty("bookkeepingBytes", result.ram().bookkeepingBytes());
    json.addProperty("heldBytes", result.ram().heldBytes());
    json.addProperty("poolBytes", result.ram().poolBytes());
    json.addProperty("hits", result.statistics().hits());
    json.addProperty("faults", result.statistics().faults());
    json.addProperty("hitRate", result.statistics().hitRate());
    add(json, result.traffic(), result.seconds());
    result
        .uncached()
        .ifPresent(
            uncached -> {
              var without = new JsonObject();
              add(without, uncached.traffic(), uncached.seconds());
              json.add("withoutCache", without);
            });
    var top = new JsonArray();
    for (TopWords.Entry entry : result.top()) {
      var word = new JsonObject();
      word.addProperty("word", entry.word());
      word.addProperty("count", entry.count());
      top.add(word);
    }
    json.add("top", top);
    Json.print(spec, json);
  }

  private static void add(JsonObject json, Traffic traffic, double seconds) {
    json.addProperty("bytesRead", traffic.bytesRead());
    json.addProperty("bytesWritten", traffic.bytesWritten());
    json.addProperty("readTransfers", traffic.reads());
    json.addProperty("writeTransfers", traffic.writes());
    json.addProperty("seconds", seconds);
  }
}
