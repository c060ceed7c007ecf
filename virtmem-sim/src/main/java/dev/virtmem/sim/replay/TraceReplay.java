package dev.virtmem.sim.replay;

import dev.virtmem.VirtualMemory;
import dev.virtmem.VirtualMemoryBuilder;
import dev.virtmem.store.CountingStore;
import dev.virtmem.store.TransferCost;
import java.io.IOException;
import java.util.function.Consumer;

/**
 * Plays a trace through a {@link VirtualMemory} over a store that costs what some device costs, and
 * says what moved. The dirty pages at the end are written back, and counted.
 *
 * <pre>{@code
 * var replay = new TraceReplay(Trace.open(Path.of("sort.mem.gz")));
 * ReplayResult result = replay.run(CostModels.SPI, builder -> builder.ram(5376));
 * }</pre>
 */
public final class TraceReplay {
  private final Trace trace;

  /**
   * Creates a replay.
   *
   * @param trace of any format; a block or page of it takes one page of the memory
   */
  public TraceReplay(Trace trace) {
    this.trace = trace;
  }

  /**
   * Plays the trace from its start to its end on a new memory.
   *
   * @param cost of the device; the memory chooses by it whatever the settings leave open
   * @param settings sets the RAM, or frames and page size, and what else is to be tried
   * @return what moved
   * @throws TraceFormatException if a line of the trace cannot be read
   * @throws IOException if the trace cannot be read
   * @throws IllegalArgumentException if the settings contradict each other
   */
  public ReplayResult run(TransferCost cost, Consumer<VirtualMemoryBuilder> settings)
      throws IOException {
    var store = new CountingStore(new SparseStore(SparseStore.LARGEST, cost));
    var builder = VirtualMemory.builder(store);
    settings.accept(builder);
    try (var memory = builder.open()) {
      int blockSize = trace.format().isPaged() ? memory.pageSize() : 0;
      long accesses = trace.forEach(new TracePlayer(memory, blockSize));
      memory.flush();
      var statistics = memory.statistics();
      return new ReplayResult(
          accesses,
          statistics.faults(),
          statistics.writeBacks(),
          store.traffic(),
          store.modelledSeconds(),
          memory.frames(),
          memory.pageSize());
    }
  }
}
