package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.HeapStore;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class LockTest {
  private static final int POOL = 64 * 1024;

  private static VirtualMemoryBuilder builder() {
    return VirtualMemory.builder(new HeapStore(POOL));
  }

  private static Mirror filled(VirtualMemory memory) {
    var mirror = new Mirror(memory);
    mirror.fillAtRandom(new Random(7));
    return mirror;
  }

  @ParameterizedTest
  @EnumSource
  void locksNestAndOverlap(Preset preset) {
    try (var memory = builder().preset(preset).open()) {
      var mirror = filled(memory);
      try (var outer = memory.lock(mirror.at(2050), 16)) {
        try (var inner = memory.lock(mirror.at(2054), 4);
            var same = memory.lock(mirror.at(2050), 16);
            var reader = memory.lockForReading(mirror.at(2052), 14)) {
          mirror.setByte(outer, 4, 1);
          mirror.setByte(inner, 1, 2);
          mirror.setByte(same, 6, 3);
          for (var lock : List.of(outer, inner, same, reader)) {
            mirror.checkLock(lock);
          }
          memory.check();
        }
        mirror.setByte(outer, 5, 9);
        memory.drop();
        mirror.checkRange(2000, 100);
        memory.check();
      }
      memory.drop();
      mirror.checkRange(2000, 100);
    }
  }

  @Test
  void aLockOverSmallPagesIsOneRun() {
    try (var memory = builder().pageSize(16).frames(20).open()) {
      var mirror = filled(memory);
      try (var lock = memory.lock(mirror.at(1003), 200)) {
        assertEquals(200, lock.size());
        mirror.checkLock(lock);
        for (int i = 0; i < 200; i++) {
          mirror.setByte(lock, i, i);
        }
        mirror.checkRange(900, 400);
        memory.check();
      }
      memory.drop();
      mirror.checkRange(900, 400);
    }
  }

  @Test
  void locksAreShorterThanAskedWhereTheBudgetEnds() {
    try (var memory = builder().pageSize(64).frames(8).open()) {
      var mirror = filled(memory);
      try (var lock = memory.lock(mirror.at(1024), 5000)) {
        assertEquals(7 * 64, lock.size());
        mirror.checkLock(lock);
        assertThrows(LockUnavailableException.class, () -> memory.lock(mirror.at(8192), 1));
        try (var within = memory.lock(mirror.at(1024 + 6 * 64 + 32), 64)) {
          assertEquals(32, within.size());
        }
        mirror.checkRange(16, 8000);
      }
      try (var odd = memory.lock(mirror.at(1034), 5000)) {
        assertEquals(7 * 64 - 10, odd.size());
      }
      try (var end = memory.lock(mirror.at(POOL - 10), 10)) {
        assertEquals(10, end.size());
        mirror.checkLock(end);
      }
    }
  }

  @Test
  void locksAreShorterThanAskedWhereASmallLockBegins() {
    try (var memory = builder().preset(Preset.BOARD_64K).open()) {
      var mirror = filled(memory);
      try (var small = memory.lock(mirror.at(2048 + 512), 16);
          var large = memory.lock(mirror.at(2048), 2048)) {
        assertEquals(512, large.size());
        mirror.setByte(large, 511, 5);
        mirror.setByte(small, 0, 6);
        mirror.checkRange(2000, 1000);
        memory.check();
      }
    }
  }

  @Test
  void smallLocksPinNoFrames() {
    try (var memory = builder().preset(Preset.BOARD_64K).open()) {
      var mirror = filled(memory);
      List<PageLock> small = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        var lock = memory.lock(mirror.at(1024 * (i + 1) + 100), 48);
        assertEquals(48, lock.size());
        small.add(lock);
      }
      memory.check();
      try (var large = memory.lock(mirror.at(20 * 1024), 4 * 1024)) {
        assertEquals(3 * 1024, large.size());
        for (var lock : small) {
          mirror.setByte(lock, 7, 70);
          mirror.checkLock(lock);
        }
        mirror.checkRange(16, 12_000);
        memory.check();
      }
      small.forEach(PageLock::close);
      memory.check();
      memory.drop();
      mirror.checkAll();
    }
  }

  @Test
  void messagesNameTheLocksThatHoldTheFrames() {
    try (var memory = builder().pageSize(64).frames(3).lockBuffers().trackLocks().open()) {
      var first = memory.lock(new Pointer(memory, 640), 64);
      var second = memory.lockForReading(new Pointer(memory, 1280), 60);
      var e =
          assertThrows(
              LockUnavailableException.class, () -> memory.lock(new Pointer(memory, 1920), 4));
      assertTrue(e.getMessage().contains("address 1920"), e.getMessage());
      assertTrue(e.getMessage().contains("64 bytes at 640"), e.getMessage());
      assertTrue(e.getMessage().contains("60 bytes at 1280"), e.getMessage());
      assertEquals(2, e.getSuppressed().length);
      first.close();
      memory.lock(new Pointer(memory, 1920), 4).close();
      second.close();
    }
  }

  @Test
  void leaksAreReportedAtCloseWithWhereTheyWereTaken() {
    var store = new KeptStore(new HeapStore(POOL));
    var memory = VirtualMemory.builder(store).trackLocks().open();
    var forgotten = memory.lock(new Pointer(memory, 640), 64);
    memory.lock(new Pointer(memory, 1280), 64).close();
    forgotten.setByte(0, (byte) 77);
    var e = assertThrows(IllegalStateException.class, memory::close);
    assertTrue(e.getMessage().contains("1 lock"), e.getMessage());
    assertEquals(1, e.getSuppressed().length);
    boolean found = false;
    for (var element : e.getSuppressed()[0].getStackTrace()) {
      found |= element.getClassName().equals(LockTest.class.getName());
    }
    assertTrue(found, "the stack where the lock was taken");
    assertThrows(IllegalStateException.class, () -> memory.getByte(640));
    assertEquals(77, store.bytes()[640]);
  }

  @Test
  void leaksAreReportedOnce() {
    var memory = builder().trackLocks().open();
    var lock = memory.lock(new Pointer(memory, 640), 64);
    assertThrows(IllegalStateException.class, memory::close);
    lock.close();
    memory.close();
  }

  @Test
  void locksThatAreNotTrackedAreNotReported() {
    var memory = builder().open();
    memory.lock(new Pointer(memory, 640), 64);
    memory.close();
    memory.close();
  }

  @ParameterizedTest
  @EnumSource
  void forEachLockWalksRangesOfAnyLength(Preset preset) {
    try (var memory = builder().preset(preset).open()) {
      var mirror = filled(memory);
      walk(mirror, 1003, 40_000);
      walk(mirror, 1024, 32_768);
      walk(mirror, 60_001, POOL - 60_001);
      walk(mirror, 16, 1);
      walk(mirror, 5000, 0);
      try (var held = memory.lock(mirror.at(20_000), 8)) {
        walk(mirror, 19_000, 3000);
        mirror.checkLock(held);
      }
      memory.check();
      memory.drop();
      mirror.checkAll();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {16, 64, 256, 4096})
  void forEachLockWalksWithAnyPageSize(int pageSize) {
    for (int frames = 2; frames < 6; frames++) {
      try (var memory = builder().pageSize(pageSize).frames(frames).lockBuffers().open()) {
        var mirror = filled(memory);
        walk(mirror, 1003, 30_000);
        memory.drop();
        mirror.checkAll();
      }
    }
  }

  private static void walk(Mirror mirror, int from, int length) {
    long[] next = {from};
    mirror.memory.forEachLock(
        mirror.at(from),
        length,
        lock -> {
          assertEquals(next[0], lock.address());
          assertTrue(lock.size() >= 1 && lock.address() + lock.size() <= from + length);
          mirror.checkLock(lock);
          for (int i = 0; i < lock.size(); i++) {
            mirror.setByte(lock, i, (int) (next[0] + i) * 7);
          }
          next[0] += lock.size();
        });
    assertEquals(from + length, next[0]);
    mirror.memory.check();
  }

  @Test
  void forEachLockClosesItsLocksAlsoAfterAnException() {
    try (var memory = builder().trackLocks().open()) {
      PageLock[] seen = new PageLock[1];
      assertThrows(
          UnsupportedOperationException.class,
          () ->
              memory.forEachLock(
                  new Pointer(memory, 1000),
                  100,
                  lock -> {
                    seen[0] = lock;
                    throw new UnsupportedOperationException();
                  }));
      assertThrows(IllegalStateException.class, () -> seen[0].getByte(0));
      memory.check();
    }
  }

  @Test
  void forEachLockRefusesNegativeLengths() {
    try (var memory = builder().open()) {
      var pointer = new Pointer(memory, 1000);
      assertThrows(
          IllegalArgumentException.class, () -> memory.forEachLock(pointer, -1, lock -> {}));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aBlockMayBeFreedAndAllocatedAgainUnderALock(Preset preset) {
    try (var memory = builder().preset(preset).open()) {
      for (int at = 0; at < 400; at += 40) {
        BytePointer block = memory.allocateBytes(600);
        MemoryFunctions.fill(block, 600, (byte) 1);
        memory.drop();
        block.get(at);
        try (var lock = memory.lock(block.plus(at), 32)) {
          block.get(599 - at);
          memory.free(block);
          memory.check();
          assertEquals(block, memory.allocateBytes(600));
          memory.check();
          MemoryFunctions.fill(block, 600, (byte) 2);
          lock.setByte(0, (byte) 3);
        }
        memory.check();
        memory.drop();
        for (int i = 0; i < 600; i++) {
          assertEquals(i == at ? 3 : 2, block.get(i), "byte " + i);
        }
        memory.free(block);
      }
    }
  }

  /** Reading what cannot be read must not cost what the target held. */
  @Test
  void aSourceThatCannotBeReadChangesNothing() {
    try (var memory = builder().open()) {
      var mirror = filled(memory);
      memory.drop();
      MemorySegment gone;
      try (var arena = java.lang.foreign.Arena.ofConfined()) {
        gone = arena.allocate(300);
      }
      assertThrows(IllegalStateException.class, () -> memory.write(1000, gone));
      mirror.checkRange(900, 500);
      memory.drop();
      mirror.checkRange(900, 500);
    }
  }

  @Test
  void bulkAccessesMayUseTheSegmentOfALock() {
    try (var memory = builder().pageSize(64).frames(12).open()) {
      var mirror = filled(memory);
      try (var lock = memory.lock(mirror.at(5000), 300)) {
        assertEquals(300, lock.size());
        memory.read(9000, lock.segment());
        System.arraycopy(mirror.expected, 9000, mirror.expected, 5000, 300);
        mirror.checkLock(lock);
        memory.write(12_345, lock.segment());
        System.arraycopy(mirror.expected, 5000, mirror.expected, 12_345, 300);
        memory.check();
      }
      memory.drop();
      mirror.checkAll();
    }
  }

  @Test
  void locksTakeNoFurtherRam() {
    try (var memory = builder().preset(Preset.BOARD_16K).open()) {
      var mirror = filled(memory);
      long ram = memory.ramBytes();
      long bookkeeping = memory.bookkeepingBytes();
      List<PageLock> locks = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        locks.add(memory.lock(mirror.at(1000 + 2000 * i), 30));
      }
      locks.add(memory.lock(mirror.at(40_000), 3000));
      assertEquals(ram, memory.ramBytes());
      assertEquals(bookkeeping, memory.bookkeepingBytes());
      locks.forEach(PageLock::close);
      assertEquals(ram, memory.ramBytes());
    }
  }

  @Test
  void theUnoPresetLocksAtMostItsThreeBuffers() {
    try (var memory = builder().preset(Preset.UNO).open()) {
      var mirror = filled(memory);
      try (var a = memory.lock(mirror.at(1000), 16);
          var b = memory.lock(mirror.at(2003), 32);
          var c = memory.lock(mirror.at(3000), 100)) {
        assertTrue(a.size() >= 8, a::toString);
        assertTrue(b.size() >= 1, b::toString);
        assertEquals(16, c.size());
        var e = assertThrows(LockUnavailableException.class, () -> memory.lock(mirror.at(4000), 1));
        assertTrue(e.getMessage().contains("at 1000"), e.getMessage());
        mirror.fill(900, 3000, 4);
        mirror.copy(2000, 2990, 100);
        mirror.copy(2990, 995, 1010);
        for (var lock : List.of(a, b, c)) {
          mirror.setByte(lock, 0, 99);
          mirror.checkLock(lock);
        }
        mirror.checkAll();
        memory.check();
      }
      memory.drop();
      mirror.checkAll();
    }
  }
}
