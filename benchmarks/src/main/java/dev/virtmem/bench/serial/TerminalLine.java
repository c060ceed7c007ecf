package dev.virtmem.bench.serial;

import dev.virtmem.pty.PseudoTerminal;
import dev.virtmem.serial.Transport;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** A device's end of a line: the master of a pseudo-terminal, which it does not own. */
final class TerminalLine implements Transport {
  /** After so long without a byte the other end is taken for dead. */
  private static final long PATIENCE = 10_000_000_000L;

  private static final int CHUNK = 4096;
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final PseudoTerminal terminal;
  private final MemorySegment in = Arena.ofAuto().allocate(CHUNK);
  private final MemorySegment out = Arena.ofAuto().allocate(CHUNK);

  TerminalLine(PseudoTerminal terminal) {
    this.terminal = terminal;
  }

  /** Sends all bytes of a segment off the heap. */
  void send(MemorySegment bytes) throws IOException {
    long end = bytes.byteSize();
    for (long done = 0, last = System.nanoTime(); done < end; ) {
      long count = terminal.write(bytes.asSlice(done), end - done);
      done += Math.max(0, count);
      last = progress(count, last, "took", done, end);
    }
  }

  /** Fills a segment off the heap. */
  void receive(MemorySegment bytes) throws IOException {
    long end = bytes.byteSize();
    for (long done = 0, last = System.nanoTime(); done < end; ) {
      long count = terminal.read(bytes.asSlice(done), end - done);
      done += Math.max(0, count);
      last = progress(count, last, "sent", done, end);
    }
  }

  private static long progress(long count, long last, String did, long done, long end)
      throws IOException {
    if (count > 0) {
      return System.nanoTime();
    }
    if (System.nanoTime() - last > PATIENCE) {
      throw new IOException("the other end " + did + " " + done + " of " + end + " bytes");
    }
    return last;
  }

  @Override
  public int read(byte[] target, int from, int length, long nanos) throws IOException {
    int millis = Math.clamp(Math.ceilDiv(nanos, NANOS_PER_MILLI), 0, Integer.MAX_VALUE);
    int count = (int) terminal.read(in, Math.min(CHUNK, length), millis);
    if (count > 0) {
      MemorySegment.copy(in, ValueLayout.JAVA_BYTE, 0, target, from, count);
    }
    return Math.max(-1, count);
  }

  @Override
  public void write(byte[] source, int from, int length) throws IOException {
    for (int done = 0; done < length; ) {
      int part = Math.min(CHUNK, length - done);
      MemorySegment.copy(source, from + done, out, ValueLayout.JAVA_BYTE, 0, part);
      send(out.asSlice(0, part));
      done += part;
    }
  }

  @Override
  public void close() {}
}
