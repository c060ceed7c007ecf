package dev.virtmem.cli;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import dev.virtmem.cli.SelfTest.Step;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.Stores;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Proves that a store works. */
@Command(
    name = "selftest",
    description = {
      "Prove that a store works, and say how quick it is.",
      "",
      "Tests patterns, address lines, random ranges and boundaries. What the store holds is put"
          + " back after each test, as well as a store that fails can do that; do not interrupt.",
      ""
    },
    sortOptions = false)
final class SelfTestCommand implements Callable<Integer> {
  private static final int MAX_BLOCKS = 1 << 24;

  @Spec private CommandSpec spec;

  @Option(
      names = "--store",
      paramLabel = "URI",
      required = true,
      description = "What to test. See virtmem stores.")
  private String uri;

  @Option(
      names = "--overwrite",
      description = "Destroy the contents, and so also prove that no two blocks are the same.")
  private boolean overwrite;

  @Option(
      names = "--blocks",
      paramLabel = "COUNT",
      defaultValue = "1024",
      description =
          "How many blocks of 4 KiB to test at most, spread over the store; ${DEFAULT-VALUE} unless"
              + " set.")
  private int blocks;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      defaultValue = "1",
      description = "Decides what the random tests do; ${DEFAULT-VALUE} unless set.")
  private long seed;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Override
  public Integer call() {
    if (blocks < 1 || blocks > MAX_BLOCKS) {
      throw new ParameterException(
          spec.commandLine(), "--blocks must be 1 to " + MAX_BLOCKS + ", got " + blocks);
    }
    try (BackingStore store = Errors.usage(spec, () -> Stores.open(uri))) {
      return test(store);
    }
  }

  private int test(BackingStore store) {
    var test = new SelfTest(store, overwrite, blocks, seed);
    List<Step> steps;
    try (var progress = Progress.start("Testing", test.blocks(), "blocks", 1)) {
      steps = test.run(progress);
    }
    Optional<RuntimeException> failure = steps.getLast().failure();
    List<Speed> speeds = failure.isPresent() ? List.of() : Speed.of(store);
    if (json) {
      json(store, steps, speeds);
    } else {
      text(store, steps, speeds);
    }
    failure.ifPresent(
        e -> {
          throw new Failure(store + " does not work: " + e.getMessage(), e);
        });
    return 0;
  }

  private void text(BackingStore store, List<Step> steps, List<Speed> speeds) {
    var lines = new Lines(spec);
    lines.print("%s, %,d bytes", store, store.capacity());
    lines.print(overwrite ? "Its contents are overwritten." : "Its contents are kept.");
    lines.skip();
    for (Step step : steps) {
      String verdict = step.failure().isPresent() ? "FAILED" : "ok";
      lines.print("  %-16s %-7s %s", step.name(), verdict, step.detail());
    }
    lines.skip();
    if (!speeds.isEmpty()) {
      lines.print("  %-22s %14s %14s", "one transfer", "measured", "by its figures");
    }
    for (Speed speed : speeds) {
      lines.print(
          "  %-5s %,6d bytes %,14.1f us %,11.1f us %,12.0f KiB/s",
          speed.name(),
          speed.bytes(),
          speed.measuredNanos() / 1e3,
          speed.modelledNanos() / 1e3,
          speed.bytesPerSecond() / 1024);
    }
    if (!speeds.isEmpty()) {
      lines.skip();
      lines.print("The store works.");
    }
  }

  private void json(BackingStore store, List<Step> steps, List<Speed> speeds) {
    var json = new JsonObject();
    json.addProperty("store", store.toString());
    json.addProperty("capacity", store.capacity());
    json.addProperty("overwritten", overwrite);
    json.addProperty("passed", steps.getLast().failure().isEmpty());
    var tests = new JsonArray();
    for (Step step : steps) {
      var test = new JsonObject();
      test.addProperty("name", step.name());
      test.addProperty("passed", step.failure().isEmpty());
      step.failure().ifPresent(e -> describe(e, test));
      tests.add(test);
    }
    json.add("tests", tests);
    var transfers = new JsonArray();
    for (Speed speed : speeds) {
      var transfer = new JsonObject();
      transfer.addProperty("name", speed.name());
      transfer.addProperty("bytes", speed.bytes());
      transfer.addProperty("measuredNanos", speed.measuredNanos());
      transfer.addProperty("modelledNanos", speed.modelledNanos());
      transfers.add(transfer);
    }
    json.add("transfers", transfers);
    Json.print(spec, json);
  }

  private static void describe(RuntimeException failure, JsonObject test) {
    test.addProperty("message", failure.getMessage());
    if (failure instanceof MismatchException mismatch) {
      test.addProperty("offset", mismatch.offset());
      test.addProperty("expected", mismatch.expected());
      test.addProperty("found", mismatch.found());
    }
  }
}
