package dev.virtmem.bench.wire;

import dev.virtmem.VirtualMemory;
import dev.virtmem.sim.SimulatedLine;
import java.util.Map;

/** Reads the clock of a simulated line. */
final class LineGauge implements Gauge {
  /** Long enough for what is under way. */
  private static final long PAUSE_NANOS = 1_000_000_000;

  private final SimulatedLine line;
  private final Map<String, Measurement> linear;
  private final Map<String, LineTime> results;
  private double start;

  /** Creates a gauge that compares with what the linear model says. */
  LineGauge(SimulatedLine line, Map<String, Measurement> linear, Map<String, LineTime> results) {
    this.line = line;
    this.linear = linear;
    this.results = results;
  }

  @Override
  public void start() {
    line.pause(PAUSE_NANOS);
    start = line.clock().seconds();
  }

  @Override
  public void stop(String workload, VirtualMemory memory) {
    double seconds = line.clock().seconds() - start;
    Measurement model = linear.get(workload);
    if (memory.frames() != model.frames() || memory.pageSize() != model.pageSize()) {
      throw new IllegalStateException(
          "on the line there are %d frames of %d bytes"
              .formatted(memory.frames(), memory.pageSize()));
    }
    results.put(workload, new LineTime(seconds, model.seconds() / seconds));
  }
}
