package dev.virtmem.serial;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import dev.virtmem.sim.LineEnd;
import dev.virtmem.sim.LineFaults;
import dev.virtmem.sim.SimulatedLine;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What goes wrong where a store with the checked protocol is in the middle of something. */
class CheckedFaultsTest {
  private static final int BAUD = 1_000_000;

  private static SerialStore open(FaultyLine line, int size) {
    return SerialStore.builder(line).size(size).baud(BAUD).protocol(Protocol.CHECKED).open();
  }

  /** What was read ahead is not what failed: when its turn comes, the host may be well again. */
  @Test
  void whatCouldNotBeReadAheadIsAskedForAgain() {
    var line = new FaultyLine(1 << 16, BAUD, 1);
    try (var store = open(line, 1 << 16)) {
      var bytes = new byte[512];
      for (int at = 0; at < 8192; at += 512) {
        store.read(at, bytes, 0, 512);
      }
      line.refusedReads = 100;
      // In the first frame that was read ahead: the next ones are asked for now.
      store.read(8192, bytes, 0, 512);
      store.ping();
      line.refusedReads = 0;
      for (int at = 8704; at < 1 << 15; at += 512) {
        store.read(at, bytes, 0, 512);
      }
    }
  }

  @Test
  void inputThatWasTakenIsNotGivenToTheNextSession() {
    var line = new FaultyLine(64, BAUD, 1);
    var target = new byte[8];
    try (var store = open(line, 64)) {
      line.host().type(new byte[] {1, 2, 3}, 0, 3);
      assertEquals(2, store.readInput(target, 0, 2));
    }
    try (var store = open(line, 64)) {
      assertEquals(1, store.inputAvailable());
      assertEquals(1, store.readInput(target, 0, 8));
      assertEquals(3, target[0]);
    }
  }

  /** Bytes that never end are no sign of life. */
  @Test
  void aHostThatOnlyBabblesIsAnError() {
    var line = new FaultyLine(64, BAUD, 1);
    var store = open(line, 64);
    line.babbles = true;
    long start = line.nanoTime();
    assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1));
    assertTrue(line.nanoTime() - start < 3_000_000_000L);
    line.repair();
    store.read(0, new byte[1], 0, 1);
    store.close();
  }

  @Test
  void aHostThatOnlyTakesSessionsUpIsAnError() {
    var line = new FaultyLine(64, BAUD, 1);
    try (var store = open(line, 64)) {
      line.requestsLost = true;
      var e = assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1));
      assertTrue(e.getMessage().contains("does not answer requests"), e.getMessage());
      line.repair();
      store.read(0, new byte[1], 0, 1);
    }
  }

  /** A frame takes longer than the time without one that is an error. */
  @Test
  void aSlowLineIsNotASilentOne() {
    var line = new FaultyLine(4096, 2400, 1);
    try (var store = SerialStore.builder(line).size(4096).baud(2400).open()) {
      var bytes = new byte[4096];
      store.write(0, bytes, 0, 4096);
      store.read(0, bytes, 0, 4096);
      assertEquals(0, line.host().statistics().repeats());
    }
  }

  /** The host answers all that it was asked before it hears that the line was opened again. */
  @Test
  void onASlowLineTheAnswersUnderWayAreWaitedForBeforeASessionGoesOn() {
    var line = new FaultyLine(8192, 9600, 1);
    try (var store =
        SerialStore.builder(line)
            .size(8192)
            .baud(9600)
            .protocol(Protocol.CHECKED)
            .reconnect(0)
            .open()) {
      var model = new byte[8192];
      new Random(1).nextBytes(model);
      store.write(0, model, 0, model.length);
      store.sync();
      line.readFails = true;
      var bytes = new byte[model.length];
      store.read(0, bytes, 0, bytes.length);
      assertArrayEquals(model, bytes);
      assertEquals(2, line.connects());
    }
  }

  /** Silence counts from when something is asked. */
  @Test
  void aProgramMayDoNothingForLong() {
    var line = new FaultyLine(4096, BAUD, 1);
    try (var store = open(line, 4096)) {
      line.pause(10_000_000_000L);
      store.read(0, new byte[1], 0, 1);
      line.pause(10_000_000_000L);
      store.read(0, new byte[2048], 0, 2048);
      line.pause(10_000_000_000L);
      store.ping();
      assertEquals(1, line.connects());
    }
  }

  /** It does not wait until the answer is late. */
  @Test
  void aReadThatTheLineWasCutInGoesOnAtOnce() {
    var line = new FaultyLine(64, BAUD, 1);
    try (var store =
        SerialStore.builder(line)
            .size(64)
            .baud(BAUD)
            .retry(1_000_000_000)
            .timeout(10_000_000_000L)
            .open()) {
      line.strikeAfter(1, FaultyLine.Blow.CUT);
      long start = line.nanoTime();
      store.read(0, new byte[1], 0, 1);
      assertTrue(line.nanoTime() - start < 300_000_000, "it took too long");
    }
  }

  /** All that a read asks for at once is kept until it is taken. */
  @Test
  void aLongReadTakesNoMoreMemoryThanAShortOne() {
    var line = new FaultyLine(1 << 20, BAUD, 1);
    var threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (var store = open(line, 1 << 20)) {
      var bytes = new byte[1 << 20];
      store.read(0, bytes, 0, 1 << 14);
      var allocated = new long[2];
      for (int i = 0; i < 2; i++) {
        long before = threads.getCurrentThreadAllocatedBytes();
        store.read(0, bytes, 0, bytes.length);
        allocated[i] = threads.getCurrentThreadAllocatedBytes() - before;
      }
      long kept = allocated[0] - allocated[1];
      assertTrue(kept < 300_000, kept + " bytes more in the first of two reads");
    }
  }

  @Test
  void aHostThatTakesNothingIsAnError() {
    for (int[] figures : new int[][] {{0, 64}, {15, 64}, {1024, 0}}) {
      var line = new SimulatedLine(hello(figures[0], figures[1]), BAUD, 0, 0, LineFaults.NONE);
      SerialStoreBuilder builder = SerialStore.builder(line).size(64).baud(BAUD);
      var e = assertThrows(StoreException.class, builder::open, Arrays.toString(figures));
      assertTrue(e.getMessage().contains(figures[0] + " bytes"), e.getMessage());
    }
  }

  /** A host that answers inits, and the question. */
  private static LineEnd hello(int data, int window) {
    return new LineEnd() {
      @Override
      public void receive(byte[] bytes, int from, int length, long nanos, ByteSink answers)
          throws IOException {
        byte[] answer = {-1, 0};
        if (bytes[from + 1] != 0) {
          answer = new byte[32];
          new FrameWriter(16)
              .start(FrameType.HELLO, 0)
              .u8(1)
              .u16(data)
              .u16(window)
              .finish(0, answer, 1);
        }
        answers.write(answer, 0, answer.length);
      }

      @Override
      public void lineLost() {
        // It has no state.
      }
    };
  }
}
