package dev.virtmem.sim;

import dev.virtmem.serial.ByteSink;
import dev.virtmem.serial.HostSession;
import java.io.IOException;

/** What is at the far end of a {@link SimulatedLine}. It needs no thread: it is called. */
public interface LineEnd {

  /**
   * Takes what has come over the line.
   *
   * @param bytes holds it; not to be kept
   * @param from index of the first byte
   * @param length how many
   * @param nanos the time, in ns
   * @param answers takes what is sent back
   * @throws IOException never; declared for the sake of implementations for real lines
   */
  void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers) throws IOException;

  /** The line was cut. */
  void lineLost();

  /**
   * Puts a host at the end of a line.
   *
   * @param session the host; not closed by the line
   * @return its end
   */
  static LineEnd of(HostSession session) {
    return new LineEnd() {
      @Override
      public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
          throws IOException {
        session.receive(bytes, from, length, nanos, answers);
      }

      @Override
      public void lineLost() {
        session.lineLost();
      }
    };
  }
}
