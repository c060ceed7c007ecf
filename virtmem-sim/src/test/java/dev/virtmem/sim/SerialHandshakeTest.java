package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.ByteSink;
import dev.virtmem.serial.Connector;
import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.HostSession;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.Protocol;
import dev.virtmem.serial.SerialStore;
import dev.virtmem.serial.SerialStoreBuilder;
import dev.virtmem.serial.Transport;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** How a store finds out what its host speaks. */
class SerialHandshakeTest {
  private static final int SIZE = 4096;
  private static final int BAUD = 1_000_000;
  private static final long SECOND = 1_000_000_000;
  private static final int QUESTION = 14;
  private static final byte FIRST_CODE = (byte) 0xF6;

  /** A host that ignores questions: all, as those do that are older than it, or damaged ones. */
  private static final class OldHost implements LineEnd, HostListener {
    private final HostSession host = new HostSession(PoolLender.heap(SIZE, SIZE), this);
    private int ignored = Integer.MAX_VALUE;
    private int questions;
    private int shown;

    @Override
    public void text(byte[] bytes, int from, int length) {
      shown += length;
    }

    @Override
    public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
        throws IOException {
      boolean question = length > QUESTION && bytes[from + 1] == FIRST_CODE;
      questions += question ? 1 : 0;
      int skip = question && questions <= ignored ? QUESTION : 0;
      host.receive(bytes, from + skip, length - skip, nanos, answers);
    }

    @Override
    public void lineLost() {
      host.lineLost();
    }
  }

  private static SerialStoreBuilder builder(LineEnd host, LineFaults faults) {
    var line = new SimulatedLine(host, BAUD, 500_000, 0, faults);
    return SerialStore.builder(line).size(SIZE).baud(BAUD);
  }

  @Test
  void anOldHostNoticesNothingAndIsSpokenToAsOfOld() {
    var old = new OldHost();
    var line = new SimulatedLine(old, BAUD, 500_000, 0, LineFaults.NONE);
    try (var store = SerialStore.builder(line).size(SIZE).baud(BAUD).open()) {
      assertFalse(store.isChecked());
      assertEquals(3, old.questions);
      store.write(5, new byte[] {1, -1, 0}, 0, 3);
      var back = new byte[3];
      store.read(5, back, 0, 3);
      assertArrayEquals(new byte[] {1, -1, 0}, back);
      assertEquals(0, old.shown);
      assertEquals(0, old.host.statistics().ignored());
    }
    line.pause(10_000_000);
    assertEquals(0, old.host.statistics().poolBytes());
  }

  /** Neither the time-out of the init nor that of what follows begins anew. */
  @Test
  void anOldHostThatDiesAfterItsAnswerToInitIsGivenUpInTime() {
    boolean[] dead = new boolean[1];
    var dying =
        new LineEnd() {
          @Override
          public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
              throws IOException {
            if (!dead[0]) {
              dead[0] = true;
              answers.write(new byte[] {-1, 0}, 0, 2);
            }
          }

          @Override
          public void lineLost() {
            // It hears nothing.
          }
        };
    var line = new SimulatedLine(dying, BAUD, 500_000, 0, LineFaults.NONE);
    var builder = SerialStore.builder(line).size(SIZE).baud(BAUD).timeout(SECOND);
    var e = assertThrows(StoreException.class, builder.protocol(Protocol.PLAIN)::open);
    assertTrue(e.getMessage().contains("stopped answering"), e.getMessage());
    assertTrue(line.nanoTime() < SECOND + SECOND / 100, line.nanoTime() + " ns");
  }

  /** Answers an init, and sends text without end from then on. */
  private static final class Babbler implements Connector, Transport {
    private long now;
    private boolean answered;

    @Override
    public Transport connect() {
      return this;
    }

    @Override
    public long nanoTime() {
      return now;
    }

    @Override
    public int read(byte[] target, int from, int length, long nanos) {
      now += SECOND / 1000;
      assertTrue(now < 10 * SECOND, "it listens for ever");
      Arrays.fill(target, from, from + length, (byte) 'x');
      if (!answered) {
        answered = true;
        target[from] = -1;
        target[from + 1] = 0;
      }
      return length;
    }

    @Override
    public void write(byte[] source, int from, int length) {
      // It does not listen.
    }

    @Override
    public void close() {
      // There is nothing to give back.
    }
  }

  @Test
  void anOldHostThatBabblesIsGivenUpInTime() {
    var babbler = new Babbler();
    var builder = SerialStore.builder(babbler).size(SIZE).baud(BAUD).timeout(SECOND);
    assertThrows(StoreException.class, builder.protocol(Protocol.PLAIN)::open);
    assertTrue(babbler.now < SECOND + SECOND / 5, babbler.now + " ns");
  }

  @Test
  void anOldHostIsFoundWithinAShortTimeout() {
    var builder = builder(new OldHost(), LineFaults.NONE).timeout(SECOND / 50);
    try (var store = builder.protocol(Protocol.PLAIN).open()) {
      store.ping();
    }
  }

  @Test
  void whoInsistsOnChecksGetsAnErrorFromAnOldHost() {
    var builder = builder(new OldHost(), LineFaults.NONE).protocol(Protocol.CHECKED);
    var e = assertThrows(StoreException.class, builder::open);
    assertTrue(e.getMessage().contains("checked protocol"), e.getMessage());
  }

  @Test
  void noiseDoesNotTalkAStoreOutOfChecks() {
    for (int seed = 0; seed < 200; seed++) {
      var host = new HostSession(PoolLender.heap(SIZE, SIZE), new HostListener() {});
      var faults = LineFaults.noise(1000, seed);
      try (var store = builder(LineEnd.of(host), faults).timeout(5_000_000_000L).open()) {
        assertTrue(store.isChecked(), "seed " + seed);
      }
    }
  }

  /** Each is answered as by a plain host, and to believe that would end the store for good. */
  @Test
  void manyDamagedQuestionsDoNotEndASession() {
    var host = new OldHost();
    host.ignored = 0;
    var line = new SimulatedLine(host, BAUD, 500_000, 0, LineFaults.NONE);
    var value = new byte[] {7};
    try (var store = SerialStore.builder(line).size(SIZE).baud(BAUD).open()) {
      store.write(9, value, 0, 1);
      host.ignored = host.questions + 11;
      line.cut();
      var back = new byte[1];
      store.read(9, back, 0, 1);
      assertArrayEquals(value, back);
      assertEquals(host.ignored + 1, host.questions);

      host.ignored = Integer.MAX_VALUE;
      line.cut();
      var e = assertThrows(StoreException.class, () -> store.read(9, back, 0, 1));
      assertTrue(e.getMessage().contains("has taken over"), e.getMessage());
    }
  }

  @Test
  void aPoolThatIsRefusedIsAnErrorWithTheLimit() {
    var host = new HostSession(PoolLender.heap(100, 100), new HostListener() {});
    var e = assertThrows(StoreException.class, builder(LineEnd.of(host), LineFaults.NONE)::open);
    assertTrue(e.getMessage().contains("1 to 100"), e.getMessage());
  }
}
