package dev.virtmem.serial;

import dev.virtmem.sim.LineEnd;
import dev.virtmem.sim.LineFaults;
import dev.virtmem.sim.SimulatedLine;
import dev.virtmem.store.ForwardingStore;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A store over a simulated line of which everything is repeatable, the names of sessions too. */
public final class SeededSerialStore extends ForwardingStore {
  private final HostSession host;
  private final SimulatedLine line;

  private SeededSerialStore(SerialStore store, HostSession host, SimulatedLine line) {
    super(store);
    this.host = host;
    this.line = line;
  }

  /** Connects a store with a host; the faults' seed decides about all that is random. */
  public static SeededSerialStore open(
      long size,
      int baud,
      long latencyNanos,
      LineFaults faults,
      UnaryOperator<SerialStoreBuilder> settings) {
    var random = new Random(faults.seed());
    var host =
        new HostSession(PoolLender.heap(size, size), new HostListener() {}, random::nextLong);
    var line = new SimulatedLine(LineEnd.of(host), baud, latencyNanos, 0, faults);
    var builder = SerialStore.builder(line).size(size).baud(baud).nonces(random::nextLong);
    return new SeededSerialStore(settings.apply(builder).open(), host, line);
  }

  /** Returns the line, with its clock. */
  public SimulatedLine line() {
    return line;
  }

  /** Returns the host, with its statistics. */
  public HostSession host() {
    return host;
  }

  @Override
  public void close() {
    try {
      super.close();
    } finally {
      host.close();
    }
  }
}
