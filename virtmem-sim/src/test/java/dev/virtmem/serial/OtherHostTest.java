package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.sim.LineFaults;
import java.io.IOException;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A host that somebody else wrote may offer other numbers than ours. */
class OtherHostTest {
  private static final int SIZE = 4096;
  private static final int BAUD = 1_000_000;

  /** Our host with another HELLO. What it sends is read byte by byte, as from a serial port. */
  private static final class OtherHost extends HostedLine {
    private final byte[] hello = new byte[32];
    private final int helloLength;

    OtherHost(int data, int window) {
      super(BAUD, LineFaults.NONE);
      host = new HostSession(PoolLender.heap(SIZE, SIZE), this);
      var writer = new FrameWriter(16).start(FrameType.HELLO, 0);
      helloLength = 1 + writer.u8(FrameType.VERSION).u16(data).u16(window).finish(0, hello, 1);
    }

    @Override
    public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
        throws IOException {
      host.receive(
          bytes, from, length, nanos, (answer, at, count) -> answer(answer, at, count, answers));
    }

    /** No answer but HELLO has a 00 in front. */
    private void answer(byte[] answer, int from, int count, ByteSink answers) throws IOException {
      if (answer[from] == 0) {
        answers.write(hello, 0, helloLength);
      } else {
        answers.write(answer, from, count);
      }
    }

    @Override
    public Transport connect() throws IOException {
      return new Opened(line.connect()) {
        @Override
        public int read(byte[] target, int from, int length, long nanos) throws IOException {
          return whole.read(target, from, 1, nanos);
        }
      };
    }
  }

  /** The first two have FF 07 in their HELLO, which is how a plain host answers the question. */
  @ParameterizedTest
  @CsvSource({"2047, 8", "65535, 7", "16, 1", "1024, 65535"})
  void whateverItOffersItIsTakenForWhatItIs(int data, int window) {
    var line = new OtherHost(data, window);
    try (var store = SerialStore.builder(line).size(SIZE).baud(BAUD).open()) {
      assertTrue(store.isChecked());
      var bytes = new byte[SIZE];
      new Random(data).nextBytes(bytes);
      store.write(0, bytes, 0, SIZE);
      var back = new byte[SIZE];
      store.read(0, back, 0, SIZE);
      assertArrayEquals(bytes, back);
    }
  }
}
