package dev.virtmem.bench.serial;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.serial.HostPort;
import dev.virtmem.serial.Lines;
import dev.virtmem.serial.PoolLender;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * One device of the plain protocol, and how fast our host answers it, beside a bare port that gets
 * and answers as many bytes, or echoes the data. Both are on pseudo-terminals of their own, and one
 * thread drives both in turns, through the same code and buffers. Each answer is compared with what
 * it should be.
 */
final class ExchangeBenchmark implements AutoCloseable {
  private static final int POOL = 1 << 20;
  private static final int BAUD = 1_000_000;
  private static final int[] SIZES = {128, 1024, 32_768};

  /** Rounds that do not count. */
  private static final int WARM_UP = 5;

  private final Operation operation;
  private final int n;
  private final SplittableRandom random = new SplittableRandom(5);
  private final MemorySegment source = Arena.ofAuto().allocate(POOL);
  private final MemorySegment up;
  private final MemorySegment down;
  private final MemorySegment pong =
      Arena.ofAuto().allocateFrom(ValueLayout.JAVA_BYTE, (byte) -1, (byte) 7);
  private final PseudoTerminal ours = PseudoTerminal.open();
  private final PseudoTerminal others = PseudoTerminal.open();
  private final TerminalLine hostLine = new TerminalLine(ours);
  private final TerminalLine bareLine = new TerminalLine(others);
  private final ServedListener listener = new ServedListener();
  private final List<Exchange.Round> measured = new ArrayList<>();
  private final HostPort host;
  private final BarePort bare;

  private ExchangeBenchmark(Operation operation, int n) throws IOException {
    this.operation = operation;
    this.n = n;
    up = Arena.ofAuto().allocate(operation.up(n));
    down = Arena.ofAuto().allocate(operation.down(n));
    for (int i = 0; i < POOL; i++) {
      source.set(ValueLayout.JAVA_BYTE, i, (byte) random.nextInt());
    }
    bare = new BarePort(others.path(), (int) bareRequest().byteSize(), operation.down(n));
    host = new HostPort(Lines.port(ours.path(), BAUD), PoolLender.heap(POOL, POOL), listener);
  }

  /**
   * Measures all operations with all sizes. Each round is spread over all of them, so that what
   * else the machine does hits them alike.
   */
  static List<Exchange> run(int rounds, long nanos) throws IOException {
    List<ExchangeBenchmark> all = new ArrayList<>();
    try {
      for (Operation operation : Operation.values()) {
        for (int size : SIZES) {
          var benchmark = new ExchangeBenchmark(operation, size);
          all.add(benchmark);
          benchmark.start();
        }
      }
      for (int i = 0; i < WARM_UP + rounds; i++) {
        for (ExchangeBenchmark benchmark : all) {
          benchmark.measured.add(benchmark.round(nanos, i % 2 == 0));
        }
      }
      return all.stream().map(ExchangeBenchmark::result).toList();
    } finally {
      for (ExchangeBenchmark benchmark : all) {
        benchmark.close();
      }
    }
  }

  private Exchange.Round round(long nanos, boolean hostFirst) throws IOException {
    if (hostFirst) {
      double hostTrips = trips(nanos, this::hostTrip);
      return new Exchange.Round(hostTrips, trips(nanos, this::bareTrip));
    }
    double bareTrips = trips(nanos, this::bareTrip);
    return new Exchange.Round(trips(nanos, this::hostTrip), bareTrips);
  }

  private Exchange result() {
    List<Exchange.Round> rounds = measured.subList(WARM_UP, measured.size());
    return new Exchange(operation.title(), n, operation.data(n), List.copyOf(rounds));
  }

  /** Has a pool lent, and fills it with the source. */
  private void start() throws IOException {
    listener.awaitConnected();
    MemorySegment start = Arena.ofAuto().allocate(8);
    Operation.composeStart(start, POOL);
    MemorySegment answer = Arena.ofAuto().allocate(2);
    hostLine.send(start);
    hostLine.receive(answer);
    MemorySegment fill = Arena.ofAuto().allocate(Operation.WRITE.up(POOL));
    Operation.WRITE.compose(fill, 0, POOL, source, 0);
    hostLine.send(fill);
    hostLine.receive(answer);
    expect(answer, pong);
  }

  private interface Trip {
    void run() throws IOException;
  }

  /** Returns how many there were in a second. */
  private double trips(long nanos, Trip trip) throws IOException {
    long begin = System.nanoTime();
    long now = begin;
    long count = 0;
    while (now - begin < nanos) {
      trip.run();
      count++;
      now = System.nanoTime();
    }
    return count * 1e9 / (now - begin);
  }

  private void hostTrip() throws IOException {
    int offset = compose();
    hostLine.send(up);
    hostLine.receive(down);
    expect(
        down,
        switch (operation) {
          case READ -> source.asSlice(offset, n);
          case WRITE -> pong;
          case WRITE_READ -> up.asSlice(Operation.HEADER, n);
        });
  }

  private void bareTrip() throws IOException {
    compose();
    MemorySegment request = bareRequest();
    bareLine.send(request);
    bareLine.receive(down);
    long same = Math.min(request.byteSize(), down.byteSize());
    expect(down.asSlice(0, same), request.asSlice(0, same));
  }

  private int compose() {
    int offset = random.nextInt(POOL - n + 1);
    operation.compose(up, offset, n, source, random.nextInt(POOL - n + 1));
    return offset;
  }

  private MemorySegment bareRequest() {
    return operation == Operation.WRITE_READ ? up.asSlice(Operation.HEADER, n) : up;
  }

  private static void expect(MemorySegment got, MemorySegment wanted) {
    long at = got.mismatch(wanted);
    if (at >= 0) {
      throw new IllegalStateException("byte " + at + " of an answer is wrong");
    }
  }

  @Override
  public void close() throws IOException {
    host.close();
    bare.close();
    ours.close();
    others.close();
  }
}
