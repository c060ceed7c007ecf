package dev.virtmem.serial;

import dev.virtmem.sim.LineFaults;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;

/** A simulated line with a host, to which something happens after a certain byte. */
final class BreakingLine extends HostedLine {
  static final int BAUD = 1_000_000;
  private static final long MILLI = 1_000_000;
  private static final long SHORT = 50 * MILLI;
  private static final long LONG = 3000 * MILLI;

  /** What happens to the line and to the host. */
  enum Fate {
    CUT_FOR_A_MOMENT(SHORT, false, false),
    CUT_FOR_LONG(LONG, false, false),
    CUT_FOR_EVER(Long.MAX_VALUE / 2, false, false),
    CUT_AND_HOST_DEAD(SHORT, true, false),
    CUT_AND_HOST_RESTARTED(SHORT, false, true),
    HOST_DEAD(0, true, false),
    HOST_RESTARTED(0, false, true);

    /** How long the line is cut, in ns; 0 if it is not, as a line without modem signals. */
    final long down;

    final boolean dead;
    final boolean restarted;

    Fate(long down, boolean dead, boolean restarted) {
      this.down = down;
      this.dead = dead;
      this.restarted = restarted;
    }
  }

  enum Direction {
    TO_HOST,
    TO_STORE
  }

  final PoolLender lender = new PoolLender(this::lend, 1 << 16, 1 << 16);
  final ByteArrayOutputStream text = new ByteArrayOutputStream();
  final long[] bytes = new long[Direction.values().length];
  private final Fate fate;
  private final Direction direction;
  private final long[] at;
  private final Random ids = new Random(5);
  private boolean silent;
  private boolean ended;
  private int strikes;
  private long struckAt = -1;

  /** The pool that was lent last, also after it was given back; null if this host lent none. */
  private HeapStore pool;

  private byte[] poolBefore;

  /**
   * Creates a line; each {@code at} is the number of the last byte before it breaks, which the
   * other end still gets, in ascending order.
   */
  BreakingLine(Fate fate, Direction direction, long... at) {
    super(BAUD, new LineFaults(0, 0, 0, 0, 0, 0, fate.down, 1));
    this.fate = fate;
    this.direction = direction;
    this.at = at;
    host = newHost();
  }

  private HostSession newHost() {
    return new HostSession(lender, this, ids::nextLong);
  }

  private BackingStore lend(long size) {
    pool = new HeapStore(size);
    return new ForwardingStore(pool) {
      @Override
      public void close() {
        // Stays readable for the test.
      }
    };
  }

  /** How often it broke. */
  int strikes() {
    return strikes;
  }

  /** When it broke last, in ns of the line's clock; -1 if it has not. */
  long struckAt() {
    return struckAt;
  }

  /** Returns what the host has, or null if it has no pool and has had none. */
  byte[] poolBytes() {
    return pool == null ? null : bytes(pool);
  }

  /** Returns what the host had that was restarted; null if it had no pool. */
  byte[] poolBefore() {
    return poolBefore;
  }

  /** Waits until the line is whole again, unless it never will be. */
  void awaitRepair() {
    if (fate.down <= LONG) {
      pause(LONG + SHORT);
    }
  }

  /** Nothing happens from now on. */
  void end() {
    ended = true;
  }

  private void strike() {
    strikes++;
    struckAt = nanoTime();
    if (fate.down > 0) {
      line.cut();
    }
    silent = fate.dead;
    if (fate.restarted) {
      host.close();
      host = newHost();
      poolBefore = poolBytes();
      pool = null;
    }
  }

  /** Counts bytes of a direction; returns how many of them are still before the break. */
  private int count(Direction which, int length) {
    long before = bytes[which.ordinal()];
    bytes[which.ordinal()] += length;
    if (ended || which != direction || strikes == at.length || before + length < at[strikes]) {
      return Integer.MAX_VALUE;
    }
    return (int) Math.max(0, at[strikes] - before);
  }

  @Override
  public void receive(byte[] source, int from, int length, long nanos, ByteSink answers)
      throws IOException {
    int whole = count(Direction.TO_HOST, length);
    if (whole == Integer.MAX_VALUE) {
      hear(source, from, length, nanos, answers);
      return;
    }
    hear(source, from, whole, nanos, answers);
    strike();
    if (fate.down == 0 && length > whole) {
      hear(source, from + whole, length - whole, nanos, answers);
    }
  }

  private void hear(byte[] source, int from, int length, long nanos, ByteSink answers)
      throws IOException {
    if (!silent) {
      host.receive(
          source, from, length, nanos, (bytes, start, count) -> say(bytes, start, count, answers));
    }
  }

  /** A host that is killed, on a line that is not cut, ends within its answer. */
  private void say(byte[] source, int from, int length, ByteSink answers) throws IOException {
    int whole = fate.down == 0 ? count(Direction.TO_STORE, length) : Integer.MAX_VALUE;
    answers.write(source, from, Math.min(length, whole));
    if (whole != Integer.MAX_VALUE) {
      strike();
    }
  }

  @Override
  public Transport connect() throws IOException {
    Transport transport = line.connect();
    if (fate.down == 0) {
      return transport;
    }
    return new Opened(transport) {
      @Override
      public int read(byte[] target, int from, int length, long nanos) throws IOException {
        int got = whole.read(target, from, length, nanos);
        int before = got > 0 ? count(Direction.TO_STORE, got) : Integer.MAX_VALUE;
        if (before != Integer.MAX_VALUE) {
          strike();
        }
        return Math.min(got, before);
      }
    };
  }

  @Override
  public void text(byte[] source, int from, int length) {
    text.write(source, from, length);
  }

  @Override
  public String toString() {
    return "breaking line";
  }
}
