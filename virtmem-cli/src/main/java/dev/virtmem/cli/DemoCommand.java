package dev.virtmem.cli;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.Stores;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Counts the words of a text in virtual memory. */
@Command(
    name = "demo",
    description = {
      "Count the words of a text in virtual memory, and say what that takes.",
      "",
      "Records, strings and pointers all live in the store; only as much of them as --ram says is"
          + " in RAM at a time.",
      ""
    },
    sortOptions = false)
final class DemoCommand implements Callable<Integer> {
  private static final int MAX_TOP = 1000;

  @Spec private CommandSpec spec;

  @Parameters(
      arity = "0..1",
      paramLabel = "FILE",
      description = "A text in UTF-8; the licence of this program unless given.")
  private Path file;

  @Option(
      names = "--store",
      paramLabel = "URI",
      defaultValue = "sim:23LC1024?hz=20000000",
      description = "Where the words live; ${DEFAULT-VALUE} unless set. See virtmem stores.")
  private String uri;

  @Mixin private MemoryOptions options;

  @Option(
      names = "--verify",
      description = "Count again in ordinary memory, and fail if any word differs.")
  private boolean verify;

  @Option(
      names = "--top",
      paramLabel = "COUNT",
      defaultValue = "10",
      description = "How many of the most frequent words to show; ${DEFAULT-VALUE} unless set.")
  private int top;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (top < 0 || top > MAX_TOP) {
      throw new ParameterException(
          spec.commandLine(), "--top must be 0 to " + MAX_TOP + ", got " + top);
    }
    Text text = file == null ? Text.licence() : Errors.usage(spec, () -> Text.of(file));
    DemoResult result = Errors.usage(spec, this::open).run(text, top);
    if (json) {
      DemoReport.json(result, spec);
    } else {
      DemoReport.text(result, options.policyName(), spec);
    }
    if (result.difference().isPresent()) {
      throw new Failure("the counts differ: " + result.difference().get(), null);
    }
    return 0;
  }

  private Demo open() {
    BackingStore store = Stores.open(uri);
    try {
      return new Demo(store, options::apply, verify);
    } catch (RuntimeException e) {
      store.close();
      throw e;
    }
  }
}
