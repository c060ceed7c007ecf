package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PointerType;
import dev.virtmem.VirtualMemory;
import dev.virtmem.sim.replay.CostModels;
import dev.virtmem.store.TransferCost;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Rates on the virtual clock, at 1 Mbaud and 1 ms there and back. */
class SerialRateTest {
  private static final int BYTES = 1 << 18;
  private static final double LINE = 100_000;

  private static SimulatedSerialStore open() {
    return SimulatedSerialStore.open(
        BYTES + 8192, 1_000_000, 500_000, LineFaults.NONE, UnaryOperator.identity());
  }

  private static VirtualMemory fourFrames(SimulatedSerialStore store) {
    return VirtualMemory.builder(store).frames(4).pageSize(1024).lockBuffers().open();
  }

  /** Payload in bytes per second over the line's bytes per second. */
  private static double use(SimulatedSerialStore store, Runnable work) {
    double start = store.line().clock().seconds();
    work.run();
    store.sync();
    return BYTES / (store.line().clock().seconds() - start) / LINE;
  }

  @Test
  void aSequentialReaderKeepsTheLineFull() {
    try (var store = open();
        var memory = fourFrames(store)) {
      var longs = memory.allocate(PointerType.LONG, BYTES / 8);
      double use =
          use(
              store,
              () -> {
                for (int i = 0; i < BYTES / 8; i++) {
                  longs.get(i);
                }
              });
      assertTrue(use >= 0.95, "payload %.3f of the line".formatted(use));
      assertTrue(use < 1, "the line cannot carry %.3f".formatted(use));
    }
  }

  @Test
  void aSequentialWriterKeepsTheLineFull() {
    try (var store = open()) {
      var page = new byte[1024];
      double use =
          use(
              store,
              () -> {
                for (int at = 0; at < BYTES; at += page.length) {
                  store.write(at, page, 0, page.length);
                }
              });
      assertTrue(use >= 0.95, "payload %.3f of the line".formatted(use));
      assertTrue(use < 1, "the line cannot carry %.3f".formatted(use));
    }
  }

  /**
   * With pages of 1 KiB, writing single numbers brings each page in first, so the line carries data
   * both ways, and the requests for those that come: 512 of each 545 bytes are payload.
   */
  @Test
  void aWriterWhosePagesAreReadFirstKeepsTheLineFull() {
    try (var store = open();
        var memory = fourFrames(store)) {
      var longs = memory.allocate(PointerType.LONG, BYTES / 8);
      double use =
          use(
              store,
              () -> {
                for (int i = 0; i < BYTES / 8; i++) {
                  longs.set(i, i);
                }
                memory.flush();
              });
      double most = 512.0 / 545;
      assertTrue(use >= 0.95 * most, "payload %.3f of the line".formatted(use));
    }
  }

  /** What a memory over this store reckons with is what a transfer really takes. */
  @Test
  void transfersTakeWhatTheStoreSaysAndAboutWhatTheModelSays() {
    try (var store = open()) {
      TransferCost said = store.cost();
      var bytes = new byte[512];
      for (int length : new int[] {1, 16, 64, 256, 512}) {
        double start = store.line().clock().nanos();
        for (int i = 0; i < 50; i++) {
          store.read(100_000 - 2000 * i, bytes, 0, length);
        }
        double read = (store.line().clock().nanos() - start) / 50;
        assertEquals(said.readTime(length), read, 0.03 * read, length + " bytes read");
        assertEquals(CostModels.SERIAL.readTime(length), read, 0.15 * read, length + " bytes");
      }
    }
  }
}
