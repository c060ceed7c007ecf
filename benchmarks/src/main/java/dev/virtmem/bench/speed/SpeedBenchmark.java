package dev.virtmem.bench.speed;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures what accesses cost, beside what they are compared with, by JMH. A call of a benchmark
 * makes thousands of accesses; the time of each call is taken, and their median told. Everything is
 * measured in several rounds, each in other JVMs, and the quickest median counts: what else a
 * machine does only adds time, and may go on for longer than one benchmark takes.
 */
public final class SpeedBenchmark {
  private static final String ALL = Pattern.quote(SpeedBenchmark.class.getPackageName() + ".");

  private static final int ROUNDS = 2;
  private static final int QUICK_ROUNDS = 3;

  private SpeedBenchmark() {}

  /**
   * Runs everything, in JVMs of its own with the class path of this one.
   *
   * @param quick whether to take about 6 minutes of an idle machine, with fewer geometries and
   *     short runs, instead of about 25
   * @param only a regular expression for parts of the benchmarks' names, such as {@code
   *     IntHits|PlainInts}; empty for all. What a benchmark is compared with must be among them
   * @param progress is told what is running
   * @return the figures
   * @throws IllegalStateException if a benchmark fails
   */
  public static SpeedReport run(boolean quick, String only, PrintStream progress) {
    String include = ALL + ".*(" + only + ").*";
    ChainedOptionsBuilder options =
        new OptionsBuilder()
            .include(include)
            .mode(Mode.SampleTime)
            .timeUnit(TimeUnit.NANOSECONDS)
            .addProfiler(GCProfiler.class)
            .shouldFailOnError(true)
            .forks(1)
            // Not those of this JVM, which may be set for a quick start.
            .jvmArgs("-Xms512m", "-Xmx512m", "--sun-misc-unsafe-memory-access=allow");
    if (quick) {
      options
          .warmupIterations(5)
          .warmupTime(TimeValue.milliseconds(120))
          .measurementIterations(3)
          .measurementTime(TimeValue.milliseconds(80))
          .param("geometry", "4x1024")
          .param("frames", "4x1024", "16x4096")
          .param("copy", "1024 in 4x1024", "65536 in 64x4096")
          .param("live", "100", "100000");
    } else {
      options
          .warmupIterations(5)
          .warmupTime(TimeValue.milliseconds(300))
          .measurementIterations(5)
          .measurementTime(TimeValue.milliseconds(300));
    }
    var output = OutputFormatFactory.createFormatInstance(progress, VerboseMode.NORMAL);
    try {
      List<RunResult> all = new ArrayList<>();
      for (int round = 0; round < (quick ? QUICK_ROUNDS : ROUNDS); round++) {
        all.addAll(new Runner(options.build(), output).run());
      }
      var results = new Results(all);
      return new SpeedReport(
          results.comparisons(), only.isEmpty() ? AllocationReads.all() : List.of());
    } catch (RunnerException e) {
      throw new IllegalStateException("the benchmarks failed: " + e.getMessage(), e);
    }
  }
}
