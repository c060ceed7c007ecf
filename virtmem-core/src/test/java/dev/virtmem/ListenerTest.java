package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.HeapStore;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a memory tells while it works: to a listener, and to the Java Flight Recorder. */
class ListenerTest {

  private static final class Log implements MemoryListener {
    private final List<String> events = new ArrayList<>();
    private long faults;
    private long pageIns;
    private long bytesIn;
    private long writeBacks;
    private long bytesOut;

    @Override
    public void fault(long address, boolean write) {
      faults++;
      events.add((write ? "write fault " : "read fault ") + address);
    }

    @Override
    public void pageIn(long address, int bytes) {
      pageIns++;
      bytesIn += bytes;
      events.add("in " + address + " " + bytes);
    }

    @Override
    public void writeBack(long address, int bytes) {
      writeBacks++;
      bytesOut += bytes;
      events.add("out " + address + " " + bytes);
    }
  }

  private static VirtualMemoryBuilder builder() {
    return VirtualMemory.builder(new HeapStore(16 * 1024));
  }

  @Test
  void listenersHearWhatHappensInOrder() {
    var log = new Log();
    try (var memory = builder().pageSize(64).frames(1).fetch(64, 64).listener(log).open()) {
      memory.getInt(132);
      memory.getInt(136);
      memory.setInt(513, 1);
      memory.getByte(1030);
      memory.flush();
    }
    assertEquals(
        List.of(
            "read fault 132",
            "in 128 64",
            "write fault 513",
            "read fault 1030",
            "out 513 4",
            "in 1024 64"),
        log.events);
  }

  @Test
  void listenersHearAsMuchAsIsCounted() {
    var log = new Log();
    try (var memory = builder().preset(Preset.BOARD_16K).listener(log).open()) {
      work(memory);
      var seen = memory.statistics();
      assertEquals(seen.faults(), log.faults);
      assertEquals(seen.readTransfers(), log.pageIns);
      assertEquals(seen.writeTransfers(), log.writeBacks);
      assertEquals(seen.bytesRead(), log.bytesIn);
      assertEquals(seen.bytesWritten(), log.bytesOut);
      assertTrue(log.pageIns > 10 && log.writeBacks > 10);
    }
  }

  @Test
  void aListenerThatThrowsSpoilsNothing() {
    var broken = new boolean[1];
    var listener =
        new MemoryListener() {
          @Override
          public void pageIn(long address, int bytes) {
            fail();
          }

          @Override
          public void writeBack(long address, int bytes) {
            fail();
          }

          private void fail() {
            if (broken[0]) {
              throw new UnsupportedOperationException("the dashboard is gone");
            }
          }
        };
    try (var memory = builder().pageSize(64).frames(4).listener(listener).open()) {
      var mirror = new Mirror(memory);
      mirror.fillAtRandom(new Random(1));
      memory.drop();
      for (int at = 16; at < 16_000; at += 100) {
        int address = at;
        mirror.setByte(address, at);
        broken[0] = true;
        assertThrows(UnsupportedOperationException.class, () -> memory.getInt(16_200 - address));
        assertThrows(UnsupportedOperationException.class, memory::flush);
        broken[0] = false;
        memory.check();
        memory.drop();
      }
      mirror.checkAll();
    }
  }

  private static void work(VirtualMemory memory) {
    var random = new Random(1);
    for (int i = 0; i < 2000; i++) {
      memory.setInt(16 + random.nextInt(16_000), i);
      memory.getLong(16 + random.nextInt(16_000));
      if (i % 50 == 0) {
        try (var lock = memory.lock(new Pointer(memory, 3000 + i), 20)) {
          lock.setByte(0, (byte) i);
        }
      }
    }
    memory.drop();
  }

  @Test
  void theFlightRecorderSeesTransfers(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("virtmem.jfr");
    Statistics seen;
    try (var recording = new Recording()) {
      recording.enable("dev.virtmem.PageIn").withoutThreshold();
      recording.enable("dev.virtmem.WriteBack").withoutThreshold();
      recording.start();
      try (var memory = builder().open()) {
        work(memory);
        seen = memory.statistics();
      }
      recording.stop();
      recording.dump(file);
    }
    long[] in = new long[2];
    long[] out = new long[2];
    for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
      switch (event.getEventType().getName()) {
        case "dev.virtmem.PageIn" -> add(in, event);
        case "dev.virtmem.WriteBack" -> add(out, event);
        default -> {
          // events of the recorder itself
        }
      }
    }
    assertEquals(seen.readTransfers(), in[0]);
    assertEquals(seen.bytesRead(), in[1]);
    assertEquals(seen.writeTransfers(), out[0]);
    assertEquals(seen.bytesWritten(), out[1]);
    assertTrue(in[0] > 10 && out[0] > 10);
  }

  @Test
  void theFlightRecorderSeesWaitsForASharedMemory(@TempDir Path folder) throws Exception {
    Path file = folder.resolve("virtmem.jfr");
    var threads = new Thread[1];
    var waitForTheOther =
        new MemoryListener() {
          @Override
          public void fault(long address, boolean write) {
            if (Thread.currentThread() != threads[0]) {
              threads[0].start();
              while (threads[0].getState() != Thread.State.WAITING) {
                Thread.onSpinWait();
              }
            }
          }
        };
    try (var recording = new Recording()) {
      recording.enable("dev.virtmem.LockWait").withoutThreshold();
      recording.start();
      try (var memory = builder().shared().listener(waitForTheOther).open()) {
        threads[0] = new Thread(() -> memory.getInt(100));
        memory.getInt(1000);
        threads[0].join();
      }
      recording.stop();
      recording.dump(file);
    }
    assertEquals(
        1,
        RecordingFile.readAllEvents(file).stream()
            .filter(event -> event.getEventType().getName().equals("dev.virtmem.LockWait"))
            .count());
  }

  private static void add(long[] sums, RecordedEvent event) {
    assertTrue(event.getLong("address") >= 0 && event.getLong("address") < 16 * 1024);
    sums[0]++;
    sums[1] += event.getInt("bytes");
  }
}
