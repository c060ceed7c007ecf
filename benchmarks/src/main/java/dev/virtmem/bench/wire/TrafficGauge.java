package dev.virtmem.bench.wire;

import dev.virtmem.VirtualMemory;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.Traffic;
import java.util.Map;

/** Counts transfers, and reckons what they cost. */
final class TrafficGauge implements Gauge {
  private final CountingStore store;
  private final Map<String, Measurement> results;

  TrafficGauge(CountingStore store, Map<String, Measurement> results) {
    this.store = store;
    this.results = results;
  }

  @Override
  public void start() {
    store.reset();
  }

  @Override
  public void stop(String workload, VirtualMemory memory) {
    Traffic traffic = store.traffic();
    double seconds = store.modelledSeconds();
    memory.drop();
    if (store.traffic().writes() != traffic.writes()) {
      throw new IllegalStateException(workload + ": the flush left something dirty");
    }
    results.put(
        workload,
        new Measurement(
            memory.frames(),
            memory.pageSize(),
            traffic.bytesRead(),
            traffic.bytesWritten(),
            traffic.reads(),
            traffic.writes(),
            seconds,
            Original.of(workload).seconds(store.cost()) / seconds));
  }
}
