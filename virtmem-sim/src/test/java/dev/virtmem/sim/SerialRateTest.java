package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.PointerType;
import dev.virtmem.VirtualMemory;
import dev.virtmem.sim.replay.CostModels;
import dev.virtmem.store.TransferCost;
import java.util.Arrays;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Rates on the virtual clock, at 1 Mbaud and 1 ms there and back. */
class SerialRateTest {
  private static final int BYTES = 1 << 20;
  private static final double LINE = 100_000;

  /** What the issue of these rates asks for: payload each way over what the line carries. */
  private static final double ENOUGH = 0.95;

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

  private static void assertFull(double use) {
    assertTrue(use >= ENOUGH, "payload %.4f of the line".formatted(use));
    assertTrue(use < 1, "the line cannot carry %.4f".formatted(use));
  }

  /** Where the i-th access of a pass goes. */
  private interface Order {
    int index(int i);
  }

  private static final int LONGS = BYTES / 8;
  private static final Order UP = i -> i;
  private static final Order DOWN = i -> LONGS - 1 - i;
  private static final Order TWO_UP = i -> i % 2 * (LONGS / 2) + i / 2;

  static List<Order> orders() {
    return List.of(UP, DOWN, TWO_UP);
  }

  @ParameterizedTest
  @MethodSource("orders")
  void readersKeepTheLineFull(Order order) {
    try (var store = open();
        var memory = fourFrames(store)) {
      var longs = memory.allocate(PointerType.LONG, LONGS);
      double use =
          use(
              store,
              () -> {
                for (int i = 0; i < LONGS; i++) {
                  longs.get(order.index(i));
                }
              });
      assertFull(use);
    }
  }

  /** Without a memory, which would read far: two streams upwards, and one downwards between. */
  @Test
  void threeStreamsOfShortReadsKeepTheLineFull() {
    try (var store = open()) {
      var bytes = new byte[256];
      int count = BYTES / bytes.length / 3;
      double use =
          use(
              store,
              () -> {
                for (int i = 0; i < count; i++) {
                  store.read(i * 256L, bytes, 0, 256);
                  store.read((2L * count - 1 - i) * 256, bytes, 0, 256);
                  store.read((2L * count + i) * 256, bytes, 0, 256);
                }
              });
      assertFull(use);
    }
  }

  @Test
  void aWriterOfWholePagesKeepsTheLineFull() {
    try (var store = open()) {
      var page = new byte[1024];
      Arrays.fill(page, (byte) 1);
      double use =
          use(
              store,
              () -> {
                for (int at = 0; at < BYTES; at += page.length) {
                  store.write(at, page, 0, page.length);
                }
              });
      assertFull(use);
    }
  }

  /**
   * With pages of 1 KiB, writing single numbers brings each page in first, so the line carries as
   * much payload each way at the same time, with the requests for what comes beside what goes.
   */
  @Test
  void aWriterWhosePagesAreReadFirstKeepsTheLineFullBothWays() {
    for (Order order : List.of(UP, DOWN)) {
      try (var store = open();
          var memory = fourFrames(store)) {
        var longs = memory.allocate(PointerType.LONG, LONGS);
        double use =
            use(
                store,
                () -> {
                  for (int i = 0; i < LONGS; i++) {
                    // No zeros: those would make frames shorter.
                    longs.set(order.index(i), i | 0x0101_0101_0101_0101L);
                  }
                  memory.flush();
                });
        assertFull(use);
      }
    }
  }

  /** Short writes share frames: each takes 10 bytes, and would take 17 on its own. */
  @Test
  void scatteredWritesCostTheirBytesAndSixMore() {
    try (var store = open()) {
      int count = 10_000;
      double start = store.line().clock().seconds();
      var four = new byte[] {1, 2, 3, 4};
      for (int i = 0; i < count; i++) {
        store.write(i * 64L, four, 0, 4);
      }
      store.sync();
      double bytes = (store.line().clock().seconds() - start) * LINE / count;
      assertTrue(bytes < 10.4, bytes + " bytes each");
    }
  }

  /** A write that comes before a read, as that of pages that make room, costs no time. */
  @Test
  void writesGoBesideTheAnswersThatReadsWaitFor() {
    try (var store = open()) {
      var bytes = new byte[1024];
      double[] seconds = new double[2];
      for (int written = 0; written < 2; written++) {
        double start = store.line().clock().seconds();
        for (int i = 0; i < 1000; i++) {
          if (i % 16 == 0) {
            store.write(i * 256L, bytes, 0, 1024 * written);
          }
          store.read(BYTES - i * 500L, bytes, 0, 64);
        }
        seconds[written] = store.line().clock().seconds() - start;
      }
      assertEquals(seconds[0], seconds[1], 0.01 * seconds[0]);
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
