package dev.virtmem.serial;

import dev.virtmem.store.TransferBuffer;
import java.io.IOException;

/**
 * The device's end of the plain protocol. Whatever goes wrong is final: the protocol cannot tell
 * what the host has taken for what.
 */
final class PlainLink implements Link {
  /** So long must nothing come before the answers to all inits are taken for over. */
  private static final long DISCARD = 75_000_000;

  private static final int HEADER = 10;

  /** A line that babbles without end must not keep us for ever. */
  private static final int STALE_READS = 64;

  private final Connector clock;
  private final Transport transport;
  private final LineSettings settings;
  private final byte[] out;
  private final byte[] in = new byte[4096];
  private IOException failure;

  /** How long the host may be silent when something is due, in ns. */
  private long silence;

  /**
   * Takes over a line on which a host has answered an init.
   *
   * @throws IOException if it does not live on with a pool of this size. The original host takes
   *     sizes for signed, and one that it cannot allocate ends it without a word
   */
  PlainLink(Connector clock, Transport transport, LineSettings settings) throws IOException {
    if (settings.size() > Integer.MAX_VALUE) {
      throw new IOException(
          "the host speaks the plain protocol, which has pools of up to "
              + Integer.MAX_VALUE
              + " bytes, asked for were "
              + settings.size());
    }
    this.clock = clock;
    this.transport = transport;
    this.settings = settings;
    this.out = new byte[HEADER + Math.max(2, settings.transfer())];
    // The host may have been silent since its answer to the last init.
    this.silence = Math.max(DISCARD, settings.timeoutNanos() - DISCARD);
    long until = clock.nanoTime() + DISCARD;
    long end = clock.nanoTime() + settings.timeoutNanos();
    for (long left = DISCARD; left > 0; left = Math.min(until, end) - clock.nanoTime()) {
      if (some(in, 0, in.length, left) > 0) {
        until = clock.nanoTime() + DISCARD;
      }
    }
    command(Plain.INIT_POOL, settings.size());
    transport.write(out, 0, 6);
    try {
      sync();
      silence = settings.timeoutNanos();
    } catch (IOException e) {
      throw new IOException(
          "asked for a pool of " + settings.size() + " bytes: " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isChecked() {
    return false;
  }

  @Override
  public void read(long offset, TransferBuffer target) throws IOException {
    attempt(
        () -> {
          for (int done = 0; done < target.length(); ) {
            int part = Math.min(settings.transfer(), target.length() - done);
            ask(header(Plain.READ, offset + done, part));
            for (int got = 0; got < part; ) {
              int count = exactly(Math.min(in.length, part - got));
              target.put(done + got, in, 0, count);
              got += count;
            }
            done += part;
          }
          return 0;
        });
  }

  @Override
  public void write(long offset, TransferBuffer source) throws IOException {
    attempt(
        () -> {
          for (int done = 0; done < source.length(); ) {
            int part = Math.min(settings.transfer(), source.length() - done);
            int length = header(Plain.WRITE, offset + done, part);
            source.get(done, out, length, part);
            transport.write(out, 0, length + part);
            done += part;
          }
          return 0;
        });
  }

  /**
   * Reads a byte and pings. The answers come after all writes were taken; a host that was started
   * anew meanwhile knows of no pool and gives only the second.
   */
  @Override
  public void sync() throws IOException {
    attempt(
        () -> {
          int length = header(Plain.READ, 0, 1);
          out[length] = (byte) Plain.START;
          out[length + 1] = Plain.PING;
          ask(length + 2);
          exactly(2);
          if (in[0] == -1 && in[1] == Plain.PING) {
            throw new IOException("the host has lost the pool");
          }
          int second = in[1];
          exactly(1);
          checkPing(second, in[0]);
          return 0;
        });
  }

  @Override
  public void ping() throws IOException {
    attempt(
        () -> {
          ask(command(Plain.PING));
          exactly(2);
          checkPing(in[0], in[1]);
          return 0;
        });
  }

  private static void checkPing(int first, int second) throws IOException {
    if (first != -1 || second != Plain.PING) {
      throw new IOException(
          "a ping was answered by %02X %02X".formatted(first & 0xFF, second & 0xFF));
    }
  }

  @Override
  public void print(byte[] text, int from, int length) throws IOException {
    for (int i = 0; i < length; i++) {
      if (text[from + i] == -1) {
        throw new IllegalArgumentException("text for an old host cannot have the byte FF");
      }
    }
    attempt(
        () -> {
          transport.write(text, from, length);
          return 0;
        });
  }

  @Override
  public long inputAvailable() throws IOException {
    return attempt(
        () -> {
          ask(command(Plain.INPUT_AVAILABLE));
          exactly(4);
          return LittleEndian.u32(in, 0);
        });
  }

  @Override
  public int readInput(byte[] target, int from, int most) throws IOException {
    int limit = Math.min(most, in.length);
    return Math.toIntExact(
        attempt(
            () -> {
              ask(command(Plain.INPUT_REQUEST, limit));
              exactly(4);
              long count = LittleEndian.u32(in, 0);
              if (count > limit) {
                throw new IOException(count + " bytes of input came, asked for were " + limit);
              }
              exactly((int) count);
              System.arraycopy(in, 0, target, from, (int) count);
              return count;
            }));
  }

  /** Sees to it that all writes were taken, and gives the pool back by an init. */
  @Override
  public void close() throws IOException {
    try {
      if (failure == null) {
        sync();
        transport.write(out, 0, command(Plain.INIT));
      }
    } finally {
      transport.close();
    }
  }

  private int command(int code) {
    out[0] = (byte) Plain.START;
    out[1] = (byte) code;
    return 2;
  }

  private int command(int code, long argument) {
    command(code);
    LittleEndian.putU32(out, 2, argument);
    return 6;
  }

  private int header(int code, long offset, int size) {
    command(code, offset);
    LittleEndian.putU32(out, 6, size);
    return HEADER;
  }

  /** Sends a command that has an answer, after throwing away what nobody asked for. */
  private void ask(int length) throws IOException {
    for (int i = 0; i < STALE_READS && some(in, 0, in.length, 0) > 0; i++) {
      // Thrown away.
    }
    transport.write(out, 0, length);
  }

  /** Fills the first bytes of the input. */
  private int exactly(int length) throws IOException {
    for (int got = 0; got < length; ) {
      int count = some(in, got, length - got, silence);
      if (count == 0) {
        throw new IOException(
            "the host has stopped answering: "
                + got
                + " of "
                + length
                + " bytes came, then none for "
                + silence / 1_000_000
                + " ms");
      }
      got += count;
    }
    return length;
  }

  private int some(byte[] target, int from, int length, long nanos) throws IOException {
    int count = transport.read(target, from, length, nanos);
    if (count < 0) {
      throw new IOException("the line is gone");
    }
    return count;
  }

  private interface Exchange {
    long run() throws IOException;
  }

  private long attempt(Exchange exchange) throws IOException {
    if (failure != null) {
      throw new IOException("the line failed before: " + failure.getMessage(), failure);
    }
    try {
      return exchange.run();
    } catch (IOException e) {
      failure = e;
      throw e;
    }
  }
}
