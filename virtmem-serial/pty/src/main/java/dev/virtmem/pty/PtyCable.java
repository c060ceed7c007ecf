package dev.virtmem.pty;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * A cable between two serial ports: two pseudo-terminals whose masters are joined by two threads.
 */
public final class PtyCable implements AutoCloseable {
  private static final int BUFFER = 4096;

  private final PseudoTerminal left = PseudoTerminal.open();
  private final PseudoTerminal right = PseudoTerminal.open();
  private final Thread rightward = Thread.ofPlatform().daemon().start(() -> carry(left, right));
  private final Thread leftward = Thread.ofPlatform().daemon().start(() -> carry(right, left));
  private volatile boolean cut;

  /**
   * Opens both terminals.
   *
   * @throws IOException if there are none to be had
   */
  public PtyCable() throws IOException {}

  /**
   * Returns one end.
   *
   * @return the path of its port
   */
  public String left() {
    return left.path();
  }

  /**
   * Returns the other end.
   *
   * @return the path of its port
   */
  public String right() {
    return right.path();
  }

  private void carry(PseudoTerminal from, PseudoTerminal to) {
    try (var arena = Arena.ofConfined()) {
      MemorySegment buffer = arena.allocate(BUFFER);
      while (!cut) {
        long count = from.read(buffer, BUFFER);
        for (long done = 0; done < count && !cut; ) {
          done += Math.max(0, to.write(buffer.asSlice(done), count - done));
        }
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Unplugs both ends, which both notice. */
  @Override
  public void close() throws IOException {
    cut = true;
    try {
      rightward.join();
      leftward.join();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
    left.close();
    right.close();
  }
}
