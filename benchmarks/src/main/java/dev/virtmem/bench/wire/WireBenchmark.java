package dev.virtmem.bench.wire;

import dev.virtmem.sim.LineFaults;
import dev.virtmem.sim.SimulatedSerialStore;
import dev.virtmem.sim.replay.CostModels;
import dev.virtmem.sim.replay.Trace;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.TransferCost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Counts what fixed workloads move between a store and a memory with the C++ original's RAM. Each
 * cost model has one configuration, which the library chooses from the store's cost and the RAM,
 * the same for all workloads. Beside the cost model of a serial line, the workloads run over a
 * simulated one, with both real ends of the checked protocol.
 */
public final class WireBenchmark {
  private static final List<Supplier<Workload>> WORKLOADS =
      List.of(
          ArrayWorkload::new,
          SortWorkload::new,
          ListWorkload::new,
          TreeWorkload::new,
          FillWorkload::new,
          CopyWorkload::new);

  /** The line of the cost model {@code serial}, with its 1 ms there and back. */
  private static final int BAUD = 1_000_000;

  private static final long LATENCY_NANOS = 500_000;

  private WireBenchmark() {}

  /**
   * Runs everything, which takes some seconds, and verifies what the memories hold.
   *
   * @param traceFolder where {@code sort.mem.gz} and {@code mawk.mem.gz} are, or null to look into
   *     {@code shared/data/traces} beside the working directory and the folders above it; their
   *     rows are left out if nothing is found there
   * @return the figures
   * @throws IOException if a trace cannot be read, or the folder that is named has none
   * @throws IllegalStateException if a workload left something wrong in a memory
   */
  public static WireReport run(Path traceFolder) throws IOException {
    Map<String, Trace> traces = Traces.open(traceFolder);
    var results = new LinkedHashMap<String, Map<String, Measurement>>();
    CostModels.all().forEach((name, cost) -> results.put(name, measure(cost, traces)));
    return new WireReport(results, measureOnLine(results.get("serial"), traces));
  }

  private static Map<String, Measurement> measure(TransferCost cost, Map<String, Trace> traces) {
    var results = new LinkedHashMap<String, Measurement>();
    runAll(
        traces,
        pool -> {
          var store = new CountingStore(new HeapStore(pool, cost));
          return new Machine(store, new TrafficGauge(store, results));
        });
    checkOneConfiguration(results);
    return results;
  }

  private static Map<String, LineTime> measureOnLine(
      Map<String, Measurement> linear, Map<String, Trace> traces) {
    var results = new LinkedHashMap<String, LineTime>();
    runAll(
        traces,
        pool -> {
          var store =
              SimulatedSerialStore.open(
                  pool, BAUD, LATENCY_NANOS, LineFaults.NONE, UnaryOperator.identity());
          return new Machine(store, new LineGauge(store.line(), linear, results));
        });
    return results;
  }

  private static void runAll(Map<String, Trace> traces, IntFunction<Machine> machines) {
    for (Supplier<Workload> workload : WORKLOADS) {
      try (var machine = machines.apply(Workload.POOL)) {
        workload.get().run(machine);
      }
    }
    traces.forEach(
        (name, trace) -> {
          try (var machine = machines.apply(TraceWorkload.POOL)) {
            new TraceWorkload(name, trace).run(machine);
          }
        });
  }

  private static void checkOneConfiguration(Map<String, Measurement> results) {
    long configurations =
        results.values().stream().map(m -> List.of(m.frames(), m.pageSize())).distinct().count();
    if (configurations != 1) {
      throw new IllegalStateException("the configuration depends on the workload");
    }
  }
}
