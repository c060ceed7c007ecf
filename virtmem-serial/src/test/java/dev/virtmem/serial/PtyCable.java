package dev.virtmem.serial;

import dev.virtmem.pty.PseudoTerminal;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** A cable between two serial ports: two pseudo-terminals whose masters are joined by threads. */
final class PtyCable implements AutoCloseable {
  private static final int BUFFER = 4096;

  private final PseudoTerminal left = PseudoTerminal.open();
  private final PseudoTerminal right = PseudoTerminal.open();
  private final Thread rightward = Thread.ofPlatform().daemon().start(() -> carry(left, right));
  private final Thread leftward = Thread.ofPlatform().daemon().start(() -> carry(right, left));
  private volatile boolean cut;

  PtyCable() throws IOException {}

  String left() {
    return left.path();
  }

  String right() {
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
