package dev.virtmem.bench.serial;

import dev.virtmem.pty.Processors;
import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.serial.Protocol;
import dev.virtmem.serial.SerialStore;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * A device that reads and writes at random as fast as it is answered, and compares each byte that
 * it reads with what it wrote.
 */
final class ServedDevice implements AutoCloseable {
  static final int POOL = 1 << 20;

  /**
   * Of a fast USB board. Pseudo-terminals ignore it; the store chooses by it how far to read ahead.
   */
  static final int BAUD = 12_000_000;

  /** Many share few cores. */
  private static final long TIMEOUT = 10_000_000_000L;

  private static final int[] SIZES = {128, 1024, 32_768};

  private final PseudoTerminal terminal = PseudoTerminal.open();
  private final ServedListener listener = new ServedListener();
  private final Protocol protocol;
  private final SplittableRandom random;
  private final byte[] model = new byte[POOL];
  private final byte[] buffer = new byte[SIZES[SIZES.length - 1]];
  private SerialStore store;
  private long operations;
  private long bytes;
  private long wrong;
  private double seconds;
  private String failure;
  private boolean apart;

  ServedDevice(Protocol protocol, long seed) throws IOException {
    this.protocol = protocol;
    random = new SplittableRandom(seed);
  }

  String path() {
    return terminal.path();
  }

  ServedListener listener() {
    return listener;
  }

  /** Has a pool lent. */
  void open() throws IOException {
    listener.awaitConnected();
    store =
        SerialStore.builder(() -> new TerminalLine(terminal))
            .protocol(protocol)
            .baud(BAUD)
            .timeout(TIMEOUT)
            .transfer(buffer.length)
            .size(POOL)
            .open();
  }

  /**
   * Goes on for a time, at least for one operation; then all of the pool is compared, which does
   * not count. It is meant to be another computer: the thread leaves half of the processors alone.
   */
  void run(long nanos) {
    apart = Processors.keepThreadOnUpperHalf();
    long begin = System.nanoTime();
    try {
      do {
        step();
        seconds = (System.nanoTime() - begin) / 1e9;
      } while (System.nanoTime() - begin < nanos);
      for (int at = 0; at < POOL; at += buffer.length) {
        compare(at, buffer.length);
      }
    } catch (RuntimeException e) {
      failure = e.toString();
    }
  }

  /** Did it run on processors of the devices' own? */
  boolean isApart() {
    return apart;
  }

  /** Gives the pool back. */
  void giveBack() {
    try {
      store.close();
    } catch (StoreException e) {
      failure = failure == null ? e.getMessage() : failure;
    }
  }

  private void step() {
    int length = SIZES[random.nextInt(SIZES.length)];
    int at = random.nextInt(POOL - length + 1);
    if (random.nextBoolean()) {
      compare(at, length);
    } else {
      int seed = random.nextInt();
      for (int i = at; i < at + length; i++) {
        model[i] = (byte) (seed + i * 31 >> 3);
      }
      store.write(at, model, at, length);
    }
    operations++;
    bytes += length;
  }

  private void compare(int at, int length) {
    store.read(at, buffer, 0, length);
    if (!Arrays.equals(buffer, 0, length, model, at, at + length)) {
      wrong++;
    }
  }

  /** Returns what was done in the end, where the host found so many bad frames. */
  Served.Port result(long badFrames) {
    long errors = wrong + badFrames + listener.complaints() + (failure == null ? 0 : 1);
    return new Served.Port(
        protocol.name().toLowerCase(Locale.ROOT), operations, bytes, seconds, errors, failure);
  }

  @Override
  public void close() throws IOException {
    terminal.close();
  }
}
