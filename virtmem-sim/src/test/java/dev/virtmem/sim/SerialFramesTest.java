package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.serial.ByteSink;
import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.HostSession;
import dev.virtmem.serial.PoolLender;
import dev.virtmem.serial.SerialStore;
import dev.virtmem.store.FaultyStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.StoreOperation;
import java.io.IOException;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How the store puts short and long transfers into frames. */
class SerialFramesTest {
  private static final int SIZE = 1 << 17;
  private static final int BAUD = 1_000_000;

  /** A host behind a probe that measures frames, and damages or delays what it is told to. */
  private static final class Probe implements LineEnd {
    private final HostSession host =
        new HostSession(PoolLender.heap(SIZE, SIZE), new HostListener() {});
    private int length;
    private int longest;
    private int frames;

    /** Which byte of the next frame to damage, counted down; -1 for none. */
    private int damage = -1;

    private byte[] held;
    private int hold;

    @Override
    public void receive(byte[] bytes, int from, int count, long nanos, ByteSink answers)
        throws IOException {
      for (int i = from; i < from + count; i++) {
        longest = Math.max(longest, ++length);
        if (bytes[i] == 0) {
          length = 0;
          frames++;
        } else if (damage >= 0 && damage-- == 0) {
          bytes[i] ^= 1 << 2;
        }
      }
      host.receive(
          bytes, from, count, nanos, (source, at, length) -> answer(source, at, length, answers));
    }

    /** Keeps answers back until the next one if told to. */
    private void answer(byte[] source, int at, int count, ByteSink answers) throws IOException {
      if (held != null) {
        answers.write(held, 0, held.length);
        held = null;
      }
      if (hold > 0) {
        held = Arrays.copyOfRange(source, at, at + count);
        hold--;
      } else {
        answers.write(source, at, count);
      }
    }

    @Override
    public void lineLost() {
      host.lineLost();
    }
  }

  private static SerialStore open(LineEnd end) {
    var line = new SimulatedLine(end, BAUD, 500_000, 0, LineFaults.NONE);
    return SerialStore.builder(line).size(SIZE).baud(BAUD).open();
  }

  private static int longestFrame(Probe probe, SerialStore store, int bytes) {
    store.sync();
    probe.longest = 0;
    var source = new byte[bytes];
    Arrays.fill(source, (byte) 7);
    store.write(0, source, 0, bytes);
    store.sync();
    return probe.longest;
  }

  @Test
  void damageHalvesFramesUntilTheLineIsCleanAgain() {
    var probe = new Probe();
    try (var store = open(probe)) {
      assertTrue(longestFrame(probe, store, 16_384) > 1024);
      probe.damage = 5;
      longestFrame(probe, store, 4096);
      assertTrue(longestFrame(probe, store, 16_384) < 600, "longest " + probe.longest);
      longestFrame(probe, store, 65_536);
      assertTrue(longestFrame(probe, store, 16_384) > 1024, "longest " + probe.longest);
    }
  }

  /**
   * Bytes 3 to 5 of the frame are the offset: the host answers, and the CRC tells that it read
   * something else. Of other damage nothing is heard.
   */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5})
  void aDamagedShortReadIsAskedForAgain(int place) {
    var probe = new Probe();
    var line = new SimulatedLine(probe, BAUD, 500_000, 0, LineFaults.NONE);
    try (var store = SerialStore.builder(line).size(SIZE).baud(BAUD).open()) {
      var bytes = new byte[] {1, 2, 3, 4};
      store.write(70_000, bytes, 0, 4);
      store.sync();
      for (int i = 0; i < 40; i++) {
        Arrays.fill(bytes, (byte) 0);
        probe.damage = place;
        double start = line.clock().seconds();
        store.read(70_000, bytes, 0, 4);
        assertArrayEquals(new byte[] {1, 2, 3, 4}, bytes);
        if (place >= 3) {
          assertTrue(line.clock().seconds() - start < 0.01, "it waited for the time-out");
        }
      }
    }
  }

  @Test
  void theAnswerToAWriteShowsThatAShortReadBeforeItWasLost() {
    var probe = new Probe();
    var line = new SimulatedLine(probe, BAUD, 500_000, 0, LineFaults.NONE);
    try (var store = SerialStore.builder(line).size(SIZE).baud(BAUD).open()) {
      var bytes = new byte[4];
      store.write(0, bytes, 0, 4);
      probe.damage = 1;
      double start = line.clock().seconds();
      store.read(70_000, bytes, 0, 4);
      assertTrue(line.clock().seconds() - start < 0.01, "it waited for the time-out");
    }
  }

  /** A repeat for each late answer would make the next one late as well, and so on. */
  @Test
  void aLateAnswerCausesNoRepeat() {
    var probe = new Probe();
    try (var store = open(probe)) {
      var bytes = new byte[64];
      store.read(0, bytes, 0, 64);
      probe.hold = 2;
      store.read(1000, bytes, 0, 64);
      int frames = probe.frames;
      for (int i = 0; i < 200; i++) {
        store.read(i * 640L, bytes, 0, 64);
      }
      assertEquals(200, probe.frames - frames);
    }
  }

  /** Writes and reads of all lengths that meet in a small pool, so that their order shows. */
  @ParameterizedTest
  @ValueSource(ints = {0, 100, 500})
  void readsSeeTheWritesThatWereGatheredBeforeThem(int noise) {
    var random = new Random(noise);
    var model = new byte[4096];
    var bytes = new byte[4096];
    LineFaults faults = LineFaults.noise(noise, 5).cuts(noise * 20_000_000L, 50_000_000);
    try (var store =
        SimulatedSerialStore.open(
            4096, BAUD, 500_000, faults, settings -> settings.retry(20_000_000))) {
      store.write(0, model, 0, model.length);
      for (int i = 0; i < 20_000; i++) {
        int length = random.nextInt(1 << 1 + random.nextInt(random.nextInt(11) + 1));
        int at = random.nextInt(model.length - length + 1);
        if (random.nextInt(3) > 0) {
          random.nextBytes(bytes);
          store.write(at, bytes, 0, length);
          System.arraycopy(bytes, 0, model, at, length);
        } else {
          store.read(at, bytes, 0, length);
          assertTrue(
              Arrays.equals(bytes, 0, length, model, at, at + length),
              "noise " + noise + ", step " + i);
        }
      }
      store.sync();
      store.read(0, bytes, 0, model.length);
      assertEquals(-1, Arrays.mismatch(model, bytes));
    }
  }

  /** Beside the answers to these reads there is room for some 20 bytes. */
  @Test
  void writesGoBesideReadsUnlessThatCutsThemIntoBits() {
    int baud = 115_200;
    var probe = new Probe();
    var line = new SimulatedLine(probe, baud, 500_000, 0, LineFaults.NONE);
    try (var store = SerialStore.builder(line).size(SIZE).baud(baud).open()) {
      var bytes = new byte[200];
      store.write(0, bytes, 0, 200);
      for (int i = 0; i < 8; i++) {
        store.read(1000 + i * 5000L, bytes, 0, 20);
      }
      assertEquals(0, probe.host.statistics().writes());
      store.sync();
      assertEquals(1, probe.host.statistics().writes());
      store.write(0, bytes, 0, 8);
      for (int i = 0; i < 2; i++) {
        store.read(60_000 + i * 5000L, bytes, 0, 20);
      }
      assertEquals(2, probe.host.statistics().writes());
    }
  }

  @Test
  void whatTheHostCannotReadIsAnErrorThatSaysWhy() {
    var faulty = new FaultyStore(new HeapStore(SIZE));
    var host = new HostSession(new PoolLender(size -> faulty, SIZE, SIZE), new HostListener() {});
    try (var store = open(LineEnd.of(host))) {
      var bytes = new byte[8];
      store.read(0, bytes, 0, 8);
      faulty.failFrom(1, StoreOperation.READ);
      var e = assertThrows(StoreException.class, () -> store.read(512, bytes, 0, 8));
      assertTrue(e.getMessage().contains("fault"), e.getMessage());
    }
  }
}
