package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.CountingStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.Traffic;
import java.lang.foreign.MemorySegment;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes over the wire to an SPI RAM with the default budget: only what has to. */
class WireTest {
  private static final int BYTES = 100_000;
  private static final int START = 1000;

  private final CountingStore wire = new CountingStore(new HeapStore(128 * 1024, Costs.SPI));

  private VirtualMemory open() {
    return VirtualMemory.builder(wire).open();
  }

  @Test
  void sequentialWritesReadNothingAndWriteEachByteOnce() {
    try (var memory = open()) {
      for (int i = 0; i < BYTES; i++) {
        memory.setByte(START + i, (byte) i);
      }
    }
    assertEquals(0, wire.traffic().reads());
    assertEquals(BYTES, wire.traffic().bytesWritten());
    assertTrue(wire.traffic().writes() <= 98, "at most as many as the original: " + wire.traffic());
  }

  @Test
  void sequentialWritesThroughAPointerReadNothing() {
    try (var memory = open()) {
      LongPointer numbers = memory.allocate(PointerType.LONG, BYTES / 8);
      for (int i = 0; i < BYTES / 8; i++) {
        numbers.set(i, i);
      }
    }
    assertEquals(0, wire.traffic().reads());
    long more = wire.traffic().bytesWritten() - BYTES;
    assertTrue(more >= 0 && more <= 32, more + " bytes more than the data");
  }

  @Test
  void sequentialReadsAreFewAndReadEachByteOnce() {
    try (var memory = open()) {
      for (int i = 0; i < BYTES; i++) {
        memory.getByte(START + i);
      }
    }
    assertTrue(wire.traffic().reads() <= 98, "at most as many as the original: " + wire.traffic());
    assertTrue(wire.traffic().bytesRead() <= BYTES + 4000, wire.traffic().toString());
    assertEquals(0, wire.traffic().writes());
  }

  /** Upwards and downwards; numbers may straddle pages and the ends of earlier reads. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 4, 8, 12, 20})
  void scansOfAnyStepAndAlignmentAreReadAhead(int step) {
    for (int start : new int[] {1000, 1003, 1024}) {
      for (boolean down : new boolean[] {false, true}) {
        wire.reset();
        var element = new byte[step];
        try (var memory = VirtualMemory.builder(new KeptStore(wire)).open()) {
          int count = BYTES / step;
          for (int i = 0; i < count; i++) {
            int at = start + step * (down ? count - 1 - i : i);
            memory.read(at, MemorySegment.ofArray(element));
          }
        }
        String what = (down ? "down from " : "up from ") + start + ": " + wire.traffic();
        assertTrue(wire.traffic().reads() <= 80, what);
        assertTrue(wire.traffic().bytesRead() <= BYTES + 4000, what);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1000, 1003, 1024})
  void descendingScansOfNumbersAreReadAhead(int start) {
    try (var memory = open()) {
      for (int i = BYTES - 8; i >= 0; i -= 8) {
        memory.getLong(start + i);
      }
    }
    assertTrue(wire.traffic().reads() <= 80, wire.traffic().toString());
    assertTrue(wire.traffic().bytesRead() <= BYTES + 4000, wire.traffic().toString());
  }

  @Test
  void twoStreamsAreFollowedAtOnce() {
    try (var memory = open()) {
      for (int i = 0; i < BYTES / 2; i += 4) {
        assertEquals(memory.getInt(START + i), memory.getInt(START + BYTES / 2 + i));
      }
    }
    assertTrue(wire.traffic().reads() <= 120, wire.traffic().toString());
    assertTrue(wire.traffic().bytesRead() <= BYTES + 8000, wire.traffic().toString());
  }

  @Test
  void scatteredReadsReadLittleEach() {
    var random = new Random(1);
    try (var memory = open()) {
      for (int i = 0; i < 1000; i++) {
        memory.getInt(START + 4 * random.nextInt(BYTES / 4));
      }
    }
    assertTrue(wire.traffic().bytesRead() <= 1000 * 64, wire.traffic().toString());
  }

  @Test
  void bulkWritesReadNothing() {
    var random = new Random(1);
    var bytes = new byte[3000];
    random.nextBytes(bytes);
    long written = 0;
    try (var memory = open()) {
      for (int i = 0; i < 300; i++) {
        int length = random.nextInt(bytes.length);
        int at = 16 + random.nextInt(BYTES);
        memory.write(at, MemorySegment.ofArray(bytes).asSlice(0, length));
        memory.fill(at + 1 + random.nextInt(length + 1), random.nextInt(100), (byte) 1);
        written += length + 100;
      }
    }
    assertEquals(0, wire.traffic().reads());
    assertTrue(wire.traffic().bytesWritten() <= written, wire.traffic().toString());
  }

  /** Large pages have sectors: only those at the ends of a write may have to be read. */
  @ParameterizedTest
  @EnumSource
  void bulkWritesToLargePagesReadTheirEndsAtMost(Preset preset) {
    try (var memory = VirtualMemory.builder(wire).preset(preset).fetch(1, 1).open()) {
      memory.write(START + 1, MemorySegment.ofArray(new byte[70_000]));
    }
    Traffic traffic = wire.traffic();
    assertTrue(traffic.reads() <= 2, traffic.toString());
    assertTrue(traffic.bytesRead() <= 2 * Math.max(1, preset.pageSize() / 64), traffic.toString());
    assertTrue(traffic.bytesWritten() >= 70_000, traffic.toString());
    assertTrue(traffic.bytesWritten() <= 70_000 + 2 * 512, traffic.toString());
  }

  @Test
  void aFillAndACopyWriteOnce() {
    try (var memory = open()) {
      memory.fill(START, 50_000, (byte) 1);
      memory.drop();
      assertEquals(new Traffic(0, wire.traffic().writes(), 0, 50_000), wire.traffic());
      wire.reset();
      memory.copy(START, START + 60_000, 50_000);
    }
    Traffic traffic = wire.traffic();
    assertEquals(50_000, traffic.bytesWritten());
    assertTrue(traffic.bytesRead() <= 50_000 + 4000, traffic.toString());
    assertTrue(traffic.reads() <= 60 && traffic.writes() <= 60, traffic.toString());
  }

  @Test
  void whatDidNotChangeIsNotWritten() {
    try (var memory = open()) {
      memory.fill(START, 4000, (byte) 1);
      memory.drop();
      wire.reset();
      for (int i = 0; i < 4000; i++) {
        memory.getByte(START + i);
      }
      memory.setByte(START + 777, (byte) 2);
      memory.drop();
      assertEquals(1, wire.traffic().bytesWritten());
      memory.flush();
      memory.drop();
      assertEquals(1, wire.traffic().writes());
    }
  }

  @Test
  void whatWasFreedIsNotWritten() {
    try (var memory = open()) {
      for (int i = 0; i < 100; i++) {
        BytePointer block = memory.allocateBytes(2000);
        MemoryFunctions.fill(block, 2000, (byte) i);
        memory.free(block);
      }
    }
    assertEquals(0, wire.traffic().reads());
    assertTrue(wire.traffic().bytesWritten() <= 100, wire.traffic().toString());
  }
}
