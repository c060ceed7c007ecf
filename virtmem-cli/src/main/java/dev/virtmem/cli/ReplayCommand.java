package dev.virtmem.cli;

import com.google.gson.JsonObject;
import dev.virtmem.sim.replay.CostModels;
import dev.virtmem.sim.replay.PageReplay;
import dev.virtmem.sim.replay.ReplayResult;
import dev.virtmem.sim.replay.Trace;
import dev.virtmem.sim.replay.TraceReplay;
import dev.virtmem.store.TransferCost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Says what a recorded program would cost. */
@Command(
    name = "replay",
    description = {
      "Replay the recorded accesses of a program, and say what they cost.",
      "",
      "They go through the page cache to models of an SPI chip, a serial line and a card. A line of"
          + " a trace is a block number, or 'r N' or 'w N' with a page number, or 'L ADDRESS,SIZE'"
          + " or 'S ADDRESS,SIZE' with the address in hex; the file may be compressed with gzip.",
      ""
    },
    sortOptions = false)
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "TRACE", description = "The file.")
  private Path file;

  @Mixin private MemoryOptions options;

  @Option(
      names = "--pages",
      description =
          "Replay block or page numbers as any textbook's demand-fetch cache of --frames whole"
              + " pages does, and count misses and write-backs only.")
  private boolean pages;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (!Files.exists(file)) {
      throw usage("there is no file " + file);
    }
    Trace trace = Trace.open(file);
    if (pages) {
      replayPages(trace);
    } else {
      replay(trace);
    }
    return 0;
  }

  private ParameterException usage(String message) {
    return new ParameterException(spec.commandLine(), message);
  }

  private void replayPages(Trace trace) throws IOException {
    if (options.frames == null || options.ram != null || options.pageSize != null) {
      throw usage("--pages needs --frames, and takes neither --ram nor --page-size");
    }
    PageReplay.Result result;
    try {
      result = new PageReplay(trace).run(options.policy, options.frames);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
    if (json) {
      var object = new JsonObject();
      object.addProperty("trace", file.toString());
      object.addProperty("policy", options.policyName());
      object.addProperty("frames", options.frames);
      object.addProperty("requests", result.requests());
      object.addProperty("misses", result.misses());
      object.addProperty("writeBacks", result.writeBacks());
      Json.print(spec, object);
      return;
    }
    var lines = new Lines(spec);
    lines.print("%s, %s with %,d frames", file, options.policyName(), options.frames);
    lines.skip();
    lines.print("%-14s %,14d", "Requests", result.requests());
    lines.print(
        "%-14s %,14d   %.2f %% of the requests",
        "Misses", result.misses(), 100.0 * result.misses() / Math.max(1, result.requests()));
    lines.print("%-14s %,14d", "Write-backs", result.writeBacks());
  }

  private void replay(Trace trace) throws IOException {
    Map<String, ReplayResult> results = new LinkedHashMap<>();
    try (var progress = Progress.start("Replaying", CostModels.all().size(), "models", 1)) {
      for (Map.Entry<String, TransferCost> model : CostModels.all().entrySet()) {
        results.put(model.getKey(), replay(trace, model.getValue()));
        progress.to(results.size());
      }
    }
    if (json) {
      json(results);
    } else {
      text(results);
    }
  }

  private ReplayResult replay(Trace trace, TransferCost cost) throws IOException {
    try {
      return new TraceReplay(trace).run(cost, options::apply);
    } catch (IllegalArgumentException e) {
      throw usage(e.getMessage());
    }
  }

  private void json(Map<String, ReplayResult> results) {
    var object = new JsonObject();
    object.addProperty("trace", file.toString());
    object.addProperty("policy", options.policyName());
    object.addProperty("accesses", results.values().iterator().next().accesses());
    results.forEach(
        (name, result) -> {
          var model = new JsonObject();
          model.addProperty("frames", result.frames());
          model.addProperty("pageSize", result.pageSize());
          model.addProperty("misses", result.misses());
          model.addProperty("writeBacks", result.writeBacks());
          model.addProperty("bytesRead", result.traffic().bytesRead());
          model.addProperty("bytesWritten", result.traffic().bytesWritten());
          model.addProperty("readTransfers", result.traffic().reads());
          model.addProperty("writeTransfers", result.traffic().writes());
          model.addProperty("seconds", result.seconds());
          object.add(name, model);
        });
    Json.print(spec, object);
  }

  private void text(Map<String, ReplayResult> results) {
    long accesses = results.values().iterator().next().accesses();
    var lines = new Lines(spec);
    lines.print("%s, %,d accesses, %s", file, accesses, options.policyName());
    lines.skip();
    var header = new StringBuilder(" ".repeat(16));
    results.keySet().forEach(name -> header.append(Lines.format(" %18s", name)));
    lines.print("%s", header);
    row(lines, "Frames", results, r -> Lines.format("%,d of %,d", r.frames(), r.pageSize()));
    counts(lines, "Misses", results, ReplayResult::misses);
    counts(lines, "Write-backs", results, ReplayResult::writeBacks);
    counts(lines, "Bytes read", results, result -> result.traffic().bytesRead());
    counts(lines, "Bytes written", results, result -> result.traffic().bytesWritten());
    counts(lines, "Read transfers", results, result -> result.traffic().reads());
    counts(lines, "Write transfers", results, result -> result.traffic().writes());
    row(lines, "Modelled time", results, result -> Lines.seconds(result.seconds()));
  }

  private static void counts(
      Lines lines,
      String title,
      Map<String, ReplayResult> results,
      ToLongFunction<ReplayResult> count) {
    row(lines, title, results, result -> Lines.format("%,d", count.applyAsLong(result)));
  }

  private static void row(
      Lines lines,
      String title,
      Map<String, ReplayResult> results,
      Function<ReplayResult, String> cell) {
    var line = new StringBuilder(Lines.format("%-16s", title));
    results.values().forEach(result -> line.append(Lines.format(" %18s", cell.apply(result))));
    lines.print("%s", line);
  }
}
