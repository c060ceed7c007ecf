package dev.virtmem.serial;

import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferCost;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.Objects;
import java.util.function.LongSupplier;

/** Settings of a {@link SerialStore}. */
public final class SerialStoreBuilder {
  /** The rate unless another is set, in bits per second. */
  public static final int DEFAULT_BAUD = 115_200;

  private static final int UNSET = -1;
  private static final int FAST_BAUD = 230_400;
  private static final int SLOW_CHUNK = 512;
  private static final int FAST_CHUNK = 1024;

  /** How long a stream is read ahead for, in s. */
  private static final double AHEAD_SECONDS = 0.04;

  /** Bytes of a SHORT READ and of its answer that are no data, with an offset of 3 bytes. */
  private static final int READ_OVERHEAD = 14;

  /** Bytes of a piece in a WRITE SEVERAL that are no data. */
  private static final int WRITE_OVERHEAD = Gathered.HEADER;

  private static final int PLAIN_OVERHEAD = 10;

  private final Connector connector;
  private long size = 1 << 20;
  private Protocol protocol = Protocol.AUTO;
  private int baud = DEFAULT_BAUD;
  private long timeout = 1_000_000_000;
  private long reconnect = 500_000_000;
  private long retry = 100_000_000;
  private int chunk = UNSET;
  private int window = 32;
  private int ahead = UNSET;
  private int transfer = 4096;
  private LongSupplier nonces = new SecureRandom()::nextLong;

  SerialStoreBuilder(Connector connector) {
    this.connector = Objects.requireNonNull(connector, "connector");
  }

  /**
   * Sets the size of the pool.
   *
   * @param bytes 1 to 4,294,967,295; 1 MiB if not set
   * @return this
   */
  public SerialStoreBuilder size(long bytes) {
    size = check("the size of a pool", bytes, 1, 0xFFFF_FFFFL);
    return this;
  }

  /**
   * Sets what to speak.
   *
   * @param which {@link Protocol#AUTO} if not set
   * @return this
   */
  public SerialStoreBuilder protocol(Protocol which) {
    protocol = Objects.requireNonNull(which, "which");
    return this;
  }

  /**
   * Sets the rate of the line, by which times are reckoned. The connector sets the port's.
   *
   * @param bitsPerSecond 300 to 1,000,000,000; {@value #DEFAULT_BAUD} if not set
   * @return this
   */
  public SerialStoreBuilder baud(int bitsPerSecond) {
    baud = (int) check("baud", bitsPerSecond, 300, 1_000_000_000);
    return this;
  }

  /**
   * Sets how long to wait for a sign of life of the host before a call fails. With the checked
   * protocol, half of it is for finding the host again.
   *
   * @param nanos ns, from 10,000,000; 1 s if not set. Bytes under way get the time that they take
   *     on the line in addition
   * @return this
   */
  public SerialStoreBuilder timeout(long nanos) {
    timeout = check("the time-out in ns", nanos, 10_000_000, Long.MAX_VALUE / 4);
    return this;
  }

  /**
   * Sets how long to try to open a line again that was lost, before a call fails. Only the checked
   * protocol can go on after that.
   *
   * @param nanos ns, from 0, which means to try once; 0.5 s if not set
   * @return this
   */
  public SerialStoreBuilder reconnect(long nanos) {
    reconnect = check("the time to reconnect in ns", nanos, 0, Long.MAX_VALUE / 4);
    return this;
  }

  /**
   * Sets after how long a request without an answer is sent again, beside the time that the bytes
   * under way take. Most losses show without waiting.
   *
   * @param nanos ns, from 1,000,000; 0.1 s if not set
   * @return this
   */
  public SerialStoreBuilder retry(long nanos) {
    retry = check("the time to retry in ns", nanos, 1_000_000, 60_000_000_000L);
    return this;
  }

  /**
   * Sets the most bytes of data in a frame of the checked protocol. Larger ones have less overhead
   * and are damaged more often: after damage, frames are half as large until 64 in a row were good.
   *
   * @param bytes 16 to 1,024; 1,024 if not set, 512 on lines below 230,400 baud
   * @return this
   */
  public SerialStoreBuilder chunk(int bytes) {
    chunk = (int) check("the data in a frame", bytes, 16, FrameType.HOST_DATA);
    return this;
  }

  /**
   * Sets how many requests may be under way in the checked protocol.
   *
   * @param requests a power of two, 1 to 64; 32 if not set
   * @return this
   */
  public SerialStoreBuilder window(int requests) {
    if (requests < 1 || requests > FrameType.HOST_WINDOW || Integer.bitCount(requests) != 1) {
      throw new IllegalArgumentException(
          "a window is a power of two from 1 to 64, got " + requests);
    }
    window = requests;
    return this;
  }

  /**
   * Sets how far to read ahead of a stream in the checked protocol, at most: a quarter of what was
   * read of it, since a stream that ends costs the time that these bytes take.
   *
   * @param bytes 0 to 65,536; what the line carries in 40 ms if not set
   * @return this
   */
  public SerialStoreBuilder ahead(int bytes) {
    ahead = (int) check("the bytes to read ahead", bytes, 0, 65_536);
    return this;
  }

  /**
   * Sets the longest transfer of the plain protocol; longer ones are cut.
   *
   * @param bytes 1 to 32,768; 4,096 if not set
   * @return this
   */
  public SerialStoreBuilder transfer(int bytes) {
    transfer = (int) check("a transfer of the plain protocol", bytes, 1, 32_768);
    return this;
  }

  /**
   * Sets where the numbers come from by which the host tells sessions apart, so that a simulation
   * can be repeated. They must not be those of another store that used the line before.
   *
   * @param source gives one for each session; secure random numbers unless set
   * @return this
   */
  public SerialStoreBuilder nonces(LongSupplier source) {
    nonces = Objects.requireNonNull(source, "source");
    return this;
  }

  private static long check(String what, long value, long min, long max) {
    if (value < min || value > max) {
      throw new IllegalArgumentException(
          what + " must be " + min + " to " + max + ", got " + value);
    }
    return value;
  }

  /**
   * Opens the line, finds the host and has it lend a pool.
   *
   * @return an open store, owned by the caller
   * @throws StoreException if the line cannot be opened, no host answers, or it refuses
   */
  public SerialStore open() {
    LineSettings settings = settings();
    try {
      Transport transport = settings.open(connector);
      try {
        Link link = link(transport, settings);
        return new SerialStore(connector, settings, cost(settings, link.isChecked()), link);
      } catch (IOException | RuntimeException | Error e) {
        transport.close();
        throw e;
      }
    } catch (IOException e) {
      throw new StoreException("cannot open " + connector + ": " + e.getMessage(), e);
    }
  }

  private Link link(Transport transport, LineSettings settings) throws IOException {
    long deadline = connector.nanoTime() + settings.timeoutNanos();
    var handshake = new Handshake(connector, transport, settings);
    if (!handshake.find(deadline)) {
      return new PlainLink(connector, transport, settings);
    }
    return new CheckedLink(
        new CheckedSession(connector, transport, handshake, settings, nonces.getAsLong(), deadline),
        settings);
  }

  private LineSettings settings() {
    int data = chunk != UNSET ? chunk : baud < FAST_BAUD ? SLOW_CHUNK : FAST_CHUNK;
    int carried = (int) (baud / 10 * AHEAD_SECONDS);
    int frames = Math.clamp(Math.ceilDiv(carried, data), 1, 8);
    int readAhead = ahead != UNSET ? ahead : frames * data;
    return new LineSettings(
        size, protocol, baud, timeout, reconnect, retry, data, window, readAhead, transfer);
  }

  private static TransferCost cost(LineSettings settings, boolean checked) {
    int readOverhead = checked ? READ_OVERHEAD : PLAIN_OVERHEAD;
    int writeOverhead = checked ? WRITE_OVERHEAD : PLAIN_OVERHEAD;
    double perByte = Math.max(1, settings.nanosFor(1));
    return new TransferCost(
        LineSettings.LATENCY_NANOS + readOverhead * perByte,
        perByte,
        writeOverhead * perByte,
        perByte,
        1);
  }
}
