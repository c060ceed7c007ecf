package dev.virtmem.serial;

import dev.virtmem.pty.PseudoTerminal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Random;

/**
 * A host at the master of a pseudo-terminal, in a thread of its own, that something happens to
 * after a certain byte.
 */
final class PtyHost implements AutoCloseable {
  /** What happens. */
  enum Fate {
    /** The line is hung up and is there again at once, with the host that it had. */
    COMES_BACK,
    /** The line is hung up. */
    STAYS_AWAY,
    /** The line stays, and nobody reads or writes at its other end. */
    SILENT
  }

  /** How many bytes went through one terminal. */
  static final class Traffic {
    /** Written by the store, or about to be. */
    private volatile long sent;

    /** Read by the host and, as far as they ask for something, answered. */
    private volatile long taken;

    /** Written by the host, or about to be. */
    private volatile long given;

    void sends(int count) {
      sent = sent + count;
    }

    long given() {
      return given;
    }

    /** Returns how many bytes the host has still to read or to answer. */
    long underWay() {
      return Math.max(0, sent - taken);
    }
  }

  private static final int BUFFER = 4096;

  final PoolLender lender = PoolLender.heap(1 << 16, 1 << 16);
  final long[] bytes = new long[2];
  private final HostSession session;
  private final Path link;
  private final Fate fate;
  private final boolean toHost;
  private final long at;
  private final Thread thread;
  private final MemorySegment buffer = Arena.ofAuto().allocate(BUFFER);
  private PseudoTerminal terminal;
  private volatile Traffic traffic;
  private volatile boolean worn;
  private volatile boolean ended;
  private volatile boolean broken;

  /** Serves a new terminal that {@code link} leads to; it breaks after byte {@code at}, if any. */
  PtyHost(Path link, Fate fate, boolean toHost, long at) throws IOException {
    this.link = link;
    this.fate = fate;
    this.toHost = toHost;
    this.at = at;
    session = new HostSession(lender, new HostListener() {}, new Random(at)::nextLong);
    plugIn();
    thread = Thread.ofPlatform().daemon().start(this::serve);
  }

  private void plugIn() throws IOException {
    terminal = PseudoTerminal.open();
    Path next = link.resolveSibling("next");
    Files.createSymbolicLink(next, Path.of(terminal.path()));
    Files.move(next, link, StandardCopyOption.ATOMIC_MOVE);
    traffic = new Traffic();
  }

  /** Has another terminal take the place of the one that was used. */
  void plugInAnew() {
    Traffic old = traffic;
    worn = true;
    while (traffic == old) {
      Thread.yield();
    }
  }

  /** Has it happened? */
  boolean isBroken() {
    return broken;
  }

  /** Is the line there, with nobody who takes anything from it? */
  boolean isSilent() {
    return broken && fate == Fate.SILENT;
  }

  /** Returns the traffic of the terminal that {@link #link} leads to. */
  Traffic traffic() {
    return traffic;
  }

  /** Is this the terminal that the host has, and will it read from it? */
  boolean reads(Traffic through) {
    return !ended && through == traffic;
  }

  private void serve() {
    try {
      var in = new byte[BUFFER];
      while (!ended) {
        if (worn) {
          worn = false;
          session.lineLost();
          PseudoTerminal old = terminal;
          plugIn();
          old.close();
        }
        int count = (int) Math.max(0, terminal.read(buffer, BUFFER));
        MemorySegment.copy(buffer, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, in, 0, count);
        receive(in, count);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void receive(byte[] in, int count) throws IOException {
    int whole = before(0, toHost, count);
    try {
      session.receive(in, 0, whole, System.nanoTime(), this::send);
      if (whole < count) {
        breakNow();
      } else {
        traffic.taken = traffic.taken + whole;
      }
    } catch (Broken e) {
      breakNow();
    }
  }

  private static final class Broken extends IOException {
    private static final long serialVersionUID = 1L;
  }

  private void send(byte[] source, int from, int length) throws IOException {
    int whole = before(1, !toHost, length);
    MemorySegment.copy(source, from, buffer, java.lang.foreign.ValueLayout.JAVA_BYTE, 0, whole);
    traffic.given = traffic.given + whole;
    for (long done = 0; done < whole && !ended; ) {
      done += Math.max(0, terminal.write(buffer.asSlice(done), whole - done));
    }
    if (whole < length) {
      throw new Broken();
    }
  }

  /** Counts bytes, and returns how many of them are before the break. */
  private int before(int way, boolean counts, int length) {
    long sofar = bytes[way];
    bytes[way] += length;
    boolean breaks = counts && !broken && at > 0 && sofar + length > at;
    return breaks ? (int) Math.max(0, at - sofar) : length;
  }

  private void breakNow() throws IOException {
    session.lineLost();
    if (fate == Fate.SILENT) {
      broken = true;
      ended = true;
      return;
    }
    if (fate == Fate.STAYS_AWAY) {
      Files.delete(link);
      ended = true;
    }
    PseudoTerminal old = terminal;
    if (fate == Fate.COMES_BACK) {
      plugIn();
    }
    broken = true;
    old.close();
  }

  @Override
  public void close() throws IOException {
    boolean gone = ended && fate == Fate.STAYS_AWAY;
    ended = true;
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    if (!gone) {
      Files.delete(link);
      terminal.close();
    }
    session.close();
  }
}
