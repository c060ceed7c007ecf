package dev.virtmem.cli;

import dev.virtmem.bench.speed.SpeedBenchmark;
import dev.virtmem.bench.speed.SpeedReport;
import dev.virtmem.bench.wire.WireBenchmark;
import dev.virtmem.bench.wire.WireReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Runs the benchmarks. */
@Command(
    name = "bench",
    description = "Measure what memory costs, on the wire and in time.",
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchCommand.Wire.class,
      BenchCommand.SpeedRun.class,
      BenchScratchCommand.class,
      BenchSerialCommand.class
    })
final class BenchCommand implements Runnable {
  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(
        spec.commandLine(), "which benchmark? wire, speed, scratch, serial");
  }

  /** Counts bytes and transfers. */
  @Command(
      name = "wire",
      description = {
        "Count what fixed workloads move over a wire.",
        "",
        "Each has 5,376 bytes of RAM, and is held against the C++ original. Over a simulated serial"
            + " line they run as well, which is held against its cost model.",
        ""
      },
      sortOptions = false)
  static final class Wire implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--traces",
        paramLabel = "FOLDER",
        description =
            "Where the recorded traces sort.mem.gz and mawk.mem.gz are, for T1 and T2; shared/data/"
                + "traces in this folder or one above it unless set.")
    private Path traces;

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    @Override
    public Integer call() throws IOException {
      if (traces != null && !Files.isDirectory(traces)) {
        throw new ParameterException(spec.commandLine(), traces + " is no folder");
      }
      WireReport report = WireBenchmark.run(traces);
      new Lines(spec).print("%s", json ? report.toJson() : report.toText());
      return 0;
    }
  }

  /** Measures nanoseconds. */
  @Command(
      name = "speed",
      description = {
        "Measure what accesses cost in nanoseconds.",
        "",
        "By JMH, beside plain arrays and memory segments, in about 20 minutes on an idle machine."
            + " JMH's own output goes to standard error.",
        ""
      },
      sortOptions = false)
  static final class SpeedRun implements Callable<Integer> {
    @Spec private CommandSpec spec;

    @Option(
        names = "--quick",
        description = "Fewer geometries and shorter runs: about 6 minutes, less exact.")
    private boolean quick;

    @Option(
        names = "--only",
        paramLabel = "REGEX",
        defaultValue = "",
        description = "Only benchmarks with such a part in their names, such as IntHits|PlainInts.")
    private String only;

    @Option(names = "--json", description = "Print one JSON object, for programs.")
    private boolean json;

    @Override
    public Integer call() {
      try {
        Pattern.compile(only);
      } catch (PatternSyntaxException e) {
        throw new ParameterException(
            spec.commandLine(), "--only is no regular expression: " + e.getDescription(), e);
      }
      SpeedReport report;
      try {
        report = SpeedBenchmark.run(quick, only, System.err);
      } catch (IllegalStateException e) {
        throw new Failure(e.getMessage(), e);
      }
      new Lines(spec).print("%s", json ? report.toJson() : report.toText());
      return 0;
    }
  }
}
