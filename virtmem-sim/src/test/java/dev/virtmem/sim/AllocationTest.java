package dev.virtmem.sim;

import static org.junit.jupiter.api.Assertions.assertTrue;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.sun.management.ThreadMXBean;
import dev.virtmem.VirtualMemory;
import dev.virtmem.spiram.SpiRamChip;
import dev.virtmem.spiram.SpiRamStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.TransferBuffer;
import java.lang.management.ManagementFactory;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What this thread allocates for each transfer. The simulated provider allocates nothing of its
 * own, so that all of it is the driver's.
 */
class AllocationTest {
  private static final int MAX_BYTES = 64;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final VirtualClock clock = new VirtualClock(0);
  private final SimulatedSpiProvider provider = new SimulatedSpiProvider(clock);
  private Context pi4j;

  @BeforeEach
  void start() {
    pi4j = Pi4J.newContextBuilder().add(provider).build();
  }

  @AfterEach
  void shutDown() {
    pi4j.shutdown();
  }

  private BackingStore open(String part, int chips, long stripe) {
    var builder = SpiRamStore.builder(SpiRamChip.byName(part)).striped(stripe);
    for (int channel = 0; channel < chips; channel++) {
      provider.connect(0, channel, MemoryChip.byName(part, channel));
      builder.at(0, channel);
    }
    return builder.open(pi4j);
  }

  /** Does something twice, and measures the second time. */
  private void measure(Runnable work) {
    work.run();
    long transfers = clock.transfers();
    long allocated = THREADS.getCurrentThreadAllocatedBytes();
    work.run();
    allocated = THREADS.getCurrentThreadAllocatedBytes() - allocated;
    transfers = clock.transfers() - transfers;
    assertTrue(transfers >= 1000, transfers + " transfers");
    double each = allocated / (double) transfers;
    assertTrue(each <= MAX_BYTES, "%.1f bytes for each transfer".formatted(each));
  }

  /** Notices what is allocated at all, without which the other tests would show nothing. */
  @Test
  void measuresAllocations() {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    var data = new byte[12_345];
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    assertTrue(allocated >= data.length && allocated < 14_000, allocated + " bytes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"23LC1024", "23K640", "FM25V20A", "MR25H40"})
  void sequentialPages(String part) {
    var store = open(part, 1, 1024);
    var page = new byte[1024];
    measure(
        () -> {
          for (int i = 0; i < 4096; i++) {
            int offset = i * page.length % (int) store.capacity();
            store.write(offset, page, 0, page.length);
            store.read(offset, page, 0, page.length);
          }
        });
  }

  @ParameterizedTest
  @CsvSource({"23LC1024, 1024", "23LC1024, 4092", "FM25V20A, 4092"})
  void lengthsAtRandom(String part, int longest) {
    var store = open(part, 1, 1024);
    var data = new byte[longest];
    var random = new Random(3);
    measure(
        () -> {
          for (int i = 0; i < 40_000; i++) {
            int length = 1 + random.nextInt(longest);
            int offset = random.nextInt((int) store.capacity() - length);
            if (random.nextBoolean()) {
              store.write(offset, data, 0, length);
            } else {
              store.read(offset, data, 0, length);
            }
          }
        });
  }

  /** Pages that are scattered over frames, on stripes that cut them. */
  @Test
  void piecesOnSeveralChips() {
    var store = open("23LC1024", 4, 64);
    var buffer = new TransferBuffer(new byte[8192], 8);
    for (int i = 0; i < 8; i++) {
      buffer.add(i * 1000, 64);
    }
    measure(
        () -> {
          for (int i = 0; i < 2000; i++) {
            store.write(i * 32, buffer);
            store.read(i * 32, buffer);
          }
        });
  }

  @Test
  void memoryInTheDefaultRam() {
    try (var memory = VirtualMemory.builder(open("23LC1024", 1, 1024)).open()) {
      var ints = memory.allocateInts(25_000);
      var random = new Random(4);
      measure(
          () -> {
            for (int i = 0; i < 20_000; i++) {
              int from = random.nextInt(24_000);
              for (int k = random.nextInt(400); k >= 0; k--) {
                ints.set(from + k, i);
              }
              ints.get(random.nextInt(25_000));
            }
          });
    }
  }
}
