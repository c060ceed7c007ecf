package dev.virtmem.serial;

import dev.virtmem.sim.LineEnd;
import dev.virtmem.sim.LineFaults;
import dev.virtmem.sim.SimulatedLine;
import dev.virtmem.store.HeapStore;
import java.io.IOException;

/** A simulated line with a host at its end, for tests in which something happens to both. */
abstract class HostedLine implements Connector, LineEnd, HostListener {
  private static final long LATENCY = 500_000;

  final SimulatedLine line;
  HostSession host;

  HostedLine(int baud, LineFaults faults) {
    line = new SimulatedLine(this, baud, LATENCY, 0, faults);
  }

  final HostSession host() {
    return host;
  }

  /** Returns all bytes of a pool. */
  static byte[] bytes(HeapStore pool) {
    var all = new byte[(int) pool.capacity()];
    pool.read(0, all, 0, all.length);
    return all;
  }

  /** The line as it is opened, where reading is not what it was. */
  abstract static class Opened implements Transport {
    final Transport whole;

    Opened(Transport whole) {
      this.whole = whole;
    }

    @Override
    public final void write(byte[] source, int from, int length) throws IOException {
      whole.write(source, from, length);
    }

    @Override
    public final void close() {
      whole.close();
    }
  }

  @Override
  public final void lineLost() {
    host.lineLost();
  }

  @Override
  public final long nanoTime() {
    return line.nanoTime();
  }

  @Override
  public final void pause(long nanos) {
    line.pause(nanos);
  }
}
