package dev.virtmem.cli;

import dev.virtmem.bench.scratch.ScratchBenchmark;
import dev.virtmem.bench.scratch.ScratchResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures a scratch pool in a file. */
@Command(
    name = "scratch",
    description = {
      "Measure random accesses to a scratch pool in a file.",
      "",
      "Beside a plain loop over the file that makes the same transfers. The file must not exist,"
          + " and is removed afterwards.",
      ""
    },
    sortOptions = false)
final class BenchScratchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "FILE", description = "Where to put the pool.")
  private Path file;

  @Option(
      names = "--size",
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      defaultValue = "1G",
      description = "Size of the pool; ${DEFAULT-VALUE} unless set.")
  private long size;

  @Option(
      names = "--ram",
      paramLabel = "BYTES",
      converter = SizeConverter.class,
      defaultValue = "1M",
      description = "RAM for frames and buffers; ${DEFAULT-VALUE} unless set.")
  private long ram;

  @Option(
      names = "--accesses",
      paramLabel = "COUNT",
      defaultValue = "200000",
      description = "Numbers to read in a round; ${DEFAULT-VALUE} unless set.")
  private int accesses;

  @Option(
      names = "--rounds",
      paramLabel = "COUNT",
      defaultValue = "7",
      description = "How many rounds; ${DEFAULT-VALUE} unless set.")
  private int rounds;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    if (rounds < 1 || accesses < 1) {
      throw new ParameterException(
          spec.commandLine(),
          "--rounds and --accesses must be at least 1, got %d and %d".formatted(rounds, accesses));
    }
    ScratchResult result;
    try {
      result = ScratchBenchmark.run(file, size, ram, accesses, rounds);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
    new Lines(spec).print("%s", json ? result.toJson() : result.toText());
    return 0;
  }
}
