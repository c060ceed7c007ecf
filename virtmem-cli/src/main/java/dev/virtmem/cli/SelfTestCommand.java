package dev.virtmem.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Says whether a store works, and if not, why. */
@Command(
    name = "selftest",
    description = {
      "Say whether a store works, what is wrong with it and what to do, how high its clock can be,"
          + " and how quick it is.",
      "",
      "Tests data and address lines, patterns, random ranges and boundaries. A store whose URI has"
          + " a clock (hz) is tried at several, up to the one in the URI, or to the part's limit if"
          + " there is none. What the store holds is put back, as well as a store that fails can do"
          + " that; do not interrupt.",
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
    var session =
        new SelfTestSession(Errors.usage(spec, () -> new Clocks(uri)), overwrite, blocks, seed);
    SelfTestResult result = Errors.usage(spec, session::run);
    var report = new SelfTestReport(spec, result);
    if (json) {
      report.json();
    } else {
      report.text();
    }
    if (!result.passed()) {
      throw new Failure(result.store() + " does not work: " + result.verdict(), null);
    }
    return 0;
  }
}
