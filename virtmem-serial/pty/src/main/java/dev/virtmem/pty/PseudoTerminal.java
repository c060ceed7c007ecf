package dev.virtmem.pty;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The master of a pseudo-terminal, whose slave is a serial port to others. Linux only. One thread
 * may read while another one writes.
 */
public final class PseudoTerminal implements AutoCloseable {
  private static final int READ_WRITE_NO_CONTROL = 0x102;
  private static final int NON_BLOCKING = 0x800;
  private static final short POLL_IN = 1;
  private static final short POLL_OUT = 4;
  private static final int POLL_MILLIS = 20;
  private static final MethodHandle OPEN_MASTER = Native.find("posix_openpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle GRANT = Native.find("grantpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle UNLOCK = Native.find("unlockpt", JAVA_INT, JAVA_INT);
  private static final MethodHandle NAME = Native.find("ptsname", ADDRESS, JAVA_INT);
  private static final MethodHandle READ = Native.find("read", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle WRITE = Native.find("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle OPEN = Native.find("open", JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle CLOSE = Native.find("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle POLL = Native.find("poll", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_INT);

  private final int master;
  private final String path;

  /** Keeps the terminal alive while nobody else has it open. */
  private final int slave;

  private PseudoTerminal(int master, String path, int slave) {
    this.master = master;
    this.path = path;
    this.slave = slave;
  }

  /**
   * Tells whether there can be any here.
   *
   * @return false if this is not Linux, or there is no {@code /dev/ptmx}
   */
  public static boolean isSupported() {
    return OPEN_MASTER != null && Files.exists(Path.of("/dev/ptmx"));
  }

  /**
   * Makes a pseudo-terminal.
   *
   * @return an open one, owned by the caller
   * @throws IOException if the system has none left
   */
  @SuppressWarnings("restricted")
  public static PseudoTerminal open() throws IOException {
    try (var arena = Arena.ofConfined()) {
      int master = (int) OPEN_MASTER.invokeExact(READ_WRITE_NO_CONTROL | NON_BLOCKING);
      check(master, "posix_openpt");
      check((int) GRANT.invokeExact(master), "grantpt");
      check((int) UNLOCK.invokeExact(master), "unlockpt");
      var name = (MemorySegment) NAME.invokeExact(master);
      String path = name.reinterpret(100).getString(0);
      int slave = (int) OPEN.invokeExact(arena.allocateFrom(path), READ_WRITE_NO_CONTROL);
      check(slave, "open");
      return new PseudoTerminal(master, path, slave);
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private static void check(int result, String what) throws IOException {
    if (result < 0) {
      throw new IOException(what + " failed");
    }
  }

  /**
   * Returns the port that others open.
   *
   * @return such as {@code /dev/pts/3}
   */
  public String path() {
    return path;
  }

  /**
   * Reads what there is, after waiting for it for 20 ms at most.
   *
   * @param buffer receives the bytes, off the heap
   * @param length the most bytes to read
   * @return how many came, 0 if none, below 0 after an error
   * @throws IOException if the system cannot be called
   */
  public long read(MemorySegment buffer, long length) throws IOException {
    return read(buffer, length, POLL_MILLIS);
  }

  /**
   * Reads what there is.
   *
   * @param buffer receives the bytes, off the heap
   * @param length the most bytes to read
   * @param millis how long to wait for the first, in ms, at least 0
   * @return how many came, 0 if none, below 0 after an error
   * @throws IOException if the system cannot be called
   */
  public long read(MemorySegment buffer, long length, int millis) throws IOException {
    try {
      return isReady(POLL_IN, millis) ? (long) READ.invokeExact(master, buffer, length) : 0L;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  /**
   * Writes what there is room for, after waiting for it for 20 ms at most.
   *
   * @param buffer holds the bytes, off the heap
   * @param length how many
   * @return how many were taken, 0 if there was no room, below 0 after an error
   * @throws IOException if the system cannot be called
   */
  public long write(MemorySegment buffer, long length) throws IOException {
    try {
      return isReady(POLL_OUT, POLL_MILLIS) ? (long) WRITE.invokeExact(master, buffer, length) : 0L;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }

  private boolean isReady(short event, int millis) throws Throwable {
    try (var arena = Arena.ofConfined()) {
      MemorySegment poll = arena.allocate(8, 4);
      poll.set(JAVA_INT, 0, master);
      poll.set(ValueLayout.JAVA_SHORT, 4, event);
      return (int) POLL.invokeExact(poll, 1L, millis) > 0;
    }
  }

  /** Hangs the port up. */
  @Override
  public void close() throws IOException {
    try {
      check((int) CLOSE.invokeExact(slave), "close");
      check((int) CLOSE.invokeExact(master), "close");
    } catch (IOException e) {
      throw e;
    } catch (Throwable e) {
      throw new IOException(e);
    }
  }
}
