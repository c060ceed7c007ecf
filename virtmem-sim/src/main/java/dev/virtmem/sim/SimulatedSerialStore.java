package dev.virtmem.sim;

import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.HostSession;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.SerialStore;
import dev.virtmem.serial.SerialStoreBuilder;
import dev.virtmem.store.ForwardingStore;
import java.util.Random;
import java.util.function.UnaryOperator;

/**
 * A store in the RAM of a host at the other end of a simulated line: both real ends of it. What
 * happens is decided by what is asked for and by the seed of the faults, the names of sessions
 * included, so that it can be repeated.
 */
public final class SimulatedSerialStore extends ForwardingStore {
  private final HostSession host;
  private final SimulatedLine line;

  private SimulatedSerialStore(SerialStore store, HostSession host, SimulatedLine line) {
    super(store);
    this.host = host;
    this.line = line;
  }

  /**
   * Connects a store with a host.
   *
   * @param size of the pool in bytes, 1 to 2,147,483,639
   * @param baud bits per second
   * @param latencyNanos how long a byte takes in addition, each way, in ns
   * @param faults what goes wrong on the line
   * @param settings changes what the store does, other than size and rate
   * @return an open store
   * @throws IllegalArgumentException if a number is out of range
   * @throws dev.virtmem.store.StoreException if the line is too bad to find the host
   */
  public static SimulatedSerialStore open(
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
    return new SimulatedSerialStore(settings.apply(builder).open(), host, line);
  }

  /**
   * Returns the line.
   *
   * @return the line, with its clock
   */
  public SimulatedLine line() {
    return line;
  }

  /**
   * Returns the host.
   *
   * @return the host, with its statistics
   */
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
