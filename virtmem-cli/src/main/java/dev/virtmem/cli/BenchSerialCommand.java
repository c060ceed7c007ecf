package dev.virtmem.cli;

import dev.virtmem.bench.serial.SerialBenchmark;
import dev.virtmem.bench.serial.SerialReport;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Measures the host that lends RAM. */
@Command(
    name = "serial",
    description = {
      "Measure the host that lends RAM, on pseudo-terminals.",
      "",
      "How fast one board is answered, beside a bare serial port; then many boards at once, and"
          + " none that does anything. Needs Linux, and takes about 75 s.",
      ""
    },
    sortOptions = false)
final class BenchSerialCommand implements Callable<Integer> {
  private static final long ROUND_NANOS = 50_000_000;
  private static final long IDLE_NANOS = 10_000_000_000L;

  /** Pools of 1 MiB, and as much again to compare with. */
  private static final int MOST_PORTS = 256;

  @Spec private CommandSpec spec;

  @Option(
      names = "--seconds",
      paramLabel = "N",
      defaultValue = "10",
      description = "How long to serve all ports at once; ${DEFAULT-VALUE} unless set.")
  private int seconds;

  @Option(
      names = "--ports",
      paramLabel = "N",
      defaultValue = "32",
      description = "How many ports to serve at once; ${DEFAULT-VALUE} unless set.")
  private int ports;

  @Option(
      names = "--checked",
      paramLabel = "N",
      description = "How many of them speak the checked protocol; a quarter unless set.")
  private Integer checked;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "How many rounds of 50 ms for each exchange with one board; ${DEFAULT-VALUE} unless set.")
  private int rounds;

  @Option(names = "--json", description = "Print one JSON object, for programs.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    check("--seconds", seconds, 1, Integer.MAX_VALUE);
    check("--ports", ports, 1, MOST_PORTS);
    check("--rounds", rounds, 1, Integer.MAX_VALUE);
    int ofThem = checked == null ? ports / 4 : checked;
    check("--checked", ofThem, 0, ports);
    SerialReport report;
    try {
      long nanos = TimeUnit.SECONDS.toNanos(seconds);
      report = SerialBenchmark.run(rounds, ROUND_NANOS, ports, ofThem, nanos, IDLE_NANOS);
    } catch (IllegalStateException e) {
      throw new Failure(e.getMessage(), e);
    }
    new Lines(spec).print("%s", json ? report.toJson() : report.toText());
    return 0;
  }

  private void check(String option, int value, int least, int most) {
    if (value < least || value > most) {
      throw new ParameterException(
          spec.commandLine(), "%s must be %d to %d, got %d".formatted(option, least, most, value));
    }
  }
}
