package dev.virtmem.bench.serial;

import dev.virtmem.pty.PseudoTerminal;
import java.io.IOException;
import java.util.List;

/**
 * How fast the host that lends RAM is, on pseudo-terminals, where nothing but the host and the
 * operating system takes time.
 *
 * <p>First one device of the plain protocol: it reads, writes and pings, or writes and reads back,
 * 128 bytes, 1 KiB and 32 KiB at random places of a pool of 1 MiB, one round trip after the other.
 * Beside it a bare jSerialComm port is answered in the same way by a thread that knows how many
 * bytes will come and go: as many as in the protocol for a read and for a write with a ping, and an
 * echo of the mere data for a write that is read back. Rounds of both alternate.
 *
 * <p>Then many devices at once, as fast as they can, which compare each byte that they read; and
 * the same ports with devices that do nothing.
 */
public final class SerialBenchmark {
  private SerialBenchmark() {}

  /**
   * Runs the benchmark.
   *
   * @param rounds of each exchange, at least 1
   * @param roundNanos how long a round is, in ns, for the host and for the bare port each
   * @param ports how many are served at once, at least 1
   * @param checked how many of them speak the checked protocol, from 0; the others speak the plain
   *     one
   * @param nanos how long they are served, in ns
   * @param idleNanos how long they idle then, in ns; times are known to 10 ms
   * @return what was measured
   * @throws IllegalStateException if there are no pseudo-terminals on this system, or an answer is
   *     wrong
   * @throws IOException if a pseudo-terminal cannot be used, or an end does not answer
   * @throws dev.virtmem.store.StoreException if a device does not get its pool
   */
  public static SerialReport run(
      int rounds, long roundNanos, int ports, int checked, long nanos, long idleNanos)
      throws IOException {
    if (!PseudoTerminal.isSupported()) {
      throw new IllegalStateException(
          "this benchmark needs pseudo-terminals, which are there on Linux only");
    }
    List<Exchange> exchanges = ExchangeBenchmark.run(rounds, roundNanos);
    return new SerialReport(exchanges, ServeBenchmark.run(ports, checked, nanos, idleNanos));
  }
}
