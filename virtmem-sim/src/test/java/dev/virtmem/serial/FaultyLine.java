package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.sim.LineFaults;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/** A simulated line with a host, where faults of all kinds come and go while it is in use. */
final class FaultyLine extends HostedLine {
  private static final int MILLION = 1_000_000;
  private static final long DOWN = 30_000_000;

  /** What happens once. */
  enum Blow {
    /** The line is cut for 30 ms. */
    CUT,
    /** The host's end is opened anew: what is half there of a frame is forgotten. */
    HOST_REOPENS,
    /** A host without sessions takes over, with the same bytes in its pool. */
    HOST_RESTARTS
  }

  /** Bytes of a million that are changed, lost or doubled. */
  int noise;

  /** Writes and reads of a hundred that the host's store refuses. */
  int refusedWrites;

  int refusedReads;

  /** The host hears nothing. */
  boolean deaf;

  /** Nothing but text comes from the host. */
  boolean babbles;

  /** The host hears inits and questions, and takes sessions up again, but nothing else. */
  boolean requestsLost;

  /** The line cannot be opened. */
  boolean blocked;

  /** The next read at the device's end fails, once; what is on its way arrives. */
  boolean readFails;

  private final HeapStore pool;
  private final Random random;
  private final ByteArrayOutputStream text = new ByteArrayOutputStream();
  private Blow blow;
  private long bytesToBlow;
  private int restarts;
  private int babbled;
  private int connects;
  private int lentSince;

  FaultyLine(int size, int baud, long seed) {
    super(baud, new LineFaults(0, 0, 0, 0, 0, 0, DOWN, seed));
    random = new Random(seed);
    pool = new HeapStore(size);
    host = newHost();
  }

  private HostSession newHost() {
    return new HostSession(
        new PoolLender(size -> lend(), pool.capacity(), pool.capacity()), this, random::nextLong);
  }

  private BackingStore lend() {
    lentSince = restarts;
    return new ForwardingStore(pool) {
      @Override
      public void write(long offset, TransferBuffer source) {
        if (random.nextInt(100) < refusedWrites) {
          tear(offset, source);
          throw new StoreException("the card is full");
        }
        super.write(offset, source);
      }

      private void tear(long offset, TransferBuffer source) {
        var part = new byte[random.nextInt(source.length() + 1)];
        if (part.length > 0) {
          source.get(0, part, 0, part.length);
          delegate().write(offset, part, 0, part.length);
        }
      }

      @Override
      public void read(long offset, TransferBuffer target) {
        if (random.nextInt(100) < refusedReads) {
          throw new StoreException("the card is unreadable");
        }
        super.read(offset, target);
      }

      @Override
      public void close() {
        // The next session goes on with the bytes.
      }
    };
  }

  /** How often the host forgot its sessions. */
  int restarts() {
    return restarts;
  }

  /** How often the line was opened, or tried to be. */
  int connects() {
    return connects;
  }

  byte[] poolBytes() {
    return bytes(pool);
  }

  /**
   * Returns what was printed since this was asked last; not what a host that was started anew takes
   * for text.
   */
  String takeText() {
    String taken = text.toString(StandardCharsets.ISO_8859_1);
    text.reset();
    return taken;
  }

  /** Lets something happen after so many more bytes have come to the host. */
  void strikeAfter(long bytes, Blow what) {
    bytesToBlow = bytes;
    blow = what;
  }

  /** Ends all faults. */
  void repair() {
    noise = 0;
    refusedWrites = 0;
    refusedReads = 0;
    deaf = false;
    babbles = false;
    requestsLost = false;
    blocked = false;
    readFails = false;
    blow = null;
    line.pause(2 * DOWN);
  }

  private void strike() {
    Blow now = blow;
    blow = null;
    switch (now) {
      case CUT -> line.cut();
      case HOST_REOPENS -> host.lineLost();
      case HOST_RESTARTS -> {
        host.close();
        host = newHost();
        restarts++;
      }
    }
  }

  @Override
  public void receive(byte[] source, int from, int length, long nanos, ByteSink answers)
      throws IOException {
    boolean strikes = blow != null && bytesToBlow <= length;
    int before = strikes ? (int) bytesToBlow : length;
    hear(source, from, before, nanos, answers);
    bytesToBlow -= before;
    if (strikes) {
      boolean cut = blow == Blow.CUT;
      strike();
      if (!cut) {
        hear(source, from + before, length - before, nanos, answers);
      }
    }
  }

  private void hear(byte[] source, int from, int length, long nanos, ByteSink answers)
      throws IOException {
    if (!deaf && length > 0 && !(requestsLost && isRequest(source[from]))) {
      var heard = new byte[2 * length];
      int count = damage(source, from, length, heard);
      host.receive(heard, 0, count, nanos, answers);
    }
  }

  /** Does a request begin with this byte? Inits and the question begin with FF, RESUME with 00. */
  private static boolean isRequest(byte first) {
    return first != -1 && first != 0;
  }

  private int damage(byte[] source, int from, int length, byte[] target) {
    int to = 0;
    for (int i = from; i < from + length; i++) {
      target[to++] = source[i];
      if (noise > 0 && random.nextInt(MILLION) < noise) {
        switch (random.nextInt(3)) {
          case 0 -> target[to - 1] ^= (byte) (1 << random.nextInt(8));
          case 1 -> to--;
          default -> target[to++] = source[i];
        }
      }
    }
    return to;
  }

  @Override
  public Transport connect() throws IOException {
    assertTrue(++connects < 10_000, "it opens the line for ever");
    if (blocked) {
      throw new IOException("the port is not there");
    }
    return new Opened(line.connect()) {
      @Override
      public int read(byte[] target, int from, int length, long nanos) throws IOException {
        if (readFails) {
          readFails = false;
          throw new IOException("the port has failed");
        }
        if (babbles) {
          assertTrue(++babbled < 10_000, "it listens for ever");
          line.pause(1_000_000);
          Arrays.fill(target, from, from + length, (byte) 'x');
          return length;
        }
        var bytes = new byte[Math.max(1, length / 2)];
        int count = whole.read(bytes, 0, bytes.length, nanos);
        if (count <= 0) {
          return count;
        }
        var damaged = new byte[2 * count];
        int left = Math.min(length, damage(bytes, 0, count, damaged));
        System.arraycopy(damaged, 0, target, from, left);
        return left;
      }
    };
  }

  @Override
  public void text(byte[] bytes, int from, int length) {
    if (lentSince == restarts) {
      text.write(bytes, from, length);
    }
  }

  @Override
  public String toString() {
    return "faulty line";
  }
}
