package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.HeapStore;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ReadOnlyBufferException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a lock lets through: reads and writes within it, while it is open. */
class LockAccessTest {
  private static final int POOL = 64 * 1024;

  private static VirtualMemoryBuilder builder() {
    return VirtualMemory.builder(new HeapStore(POOL));
  }

  private static Mirror filled(VirtualMemory memory) {
    var mirror = new Mirror(memory);
    mirror.fillAtRandom(new Random(7));
    return mirror;
  }

  private static List<Executable> writes(PageLock lock) {
    return List.of(
        () -> lock.setByte(0, (byte) 1),
        () -> lock.setShort(0, (short) 1),
        () -> lock.setChar(0, 'x'),
        () -> lock.setInt(0, 1),
        () -> lock.setLong(0, 1),
        () -> lock.setFloat(0, 1),
        () -> lock.setDouble(0, 1));
  }

  private static List<Executable> reads(PageLock lock) {
    return List.of(
        () -> lock.getByte(0),
        () -> lock.getShort(0),
        () -> lock.getChar(0),
        () -> lock.getInt(0),
        () -> lock.getLong(0),
        () -> lock.getFloat(0),
        () -> lock.getDouble(0),
        lock::segment,
        lock::buffer);
  }

  @ParameterizedTest
  @EnumSource
  void readOnlyLocksRefuseWrites(Preset preset) {
    try (var memory = builder().preset(preset).open()) {
      var mirror = filled(memory);
      try (var lock = memory.lockForReading(mirror.at(3000), 16)) {
        assertTrue(lock.isReadOnly());
        for (Executable write : writes(lock)) {
          var e = assertThrows(IllegalStateException.class, write);
          assertEquals("the lock at address 3000 is read-only", e.getMessage());
        }
        MemorySegment segment = lock.segment();
        assertTrue(segment.isReadOnly());
        assertThrows(
            IllegalArgumentException.class, () -> segment.set(ValueLayout.JAVA_BYTE, 0, (byte) 1));
        ByteBuffer buffer = lock.buffer();
        assertThrows(ReadOnlyBufferException.class, () -> buffer.put(0, (byte) 1));
        assertFalse(buffer.hasArray());
        mirror.checkLock(lock);
      }
      memory.resetStatistics();
      memory.drop();
      mirror.checkRange(3000, 16);
    }
  }

  @Test
  void readOnlyLocksAreNotWrittenBack() {
    try (var memory = builder().open()) {
      var mirror = filled(memory);
      memory.drop();
      memory.resetStatistics();
      memory.lockForReading(mirror.at(3000), 100).close();
      memory.drop();
      assertEquals(0, memory.statistics().bytesWritten());
      memory.lock(mirror.at(3000), 100).close();
      memory.drop();
      assertEquals(100, memory.statistics().bytesWritten());
    }
  }

  @Test
  void accessorsAreLittleEndianAndAgreeWithTheViews() {
    try (var memory = builder().open();
        var lock = memory.lock(new Pointer(memory, 999), 64)) {
      assertEquals(999, lock.address());
      assertEquals(64, lock.size());
      assertFalse(lock.isReadOnly());
      lock.setLong(1, 0x1122334455667788L);
      assertEquals(0x1122334455667788L, lock.getLong(1));
      assertEquals(0x55667788, lock.getInt(1));
      assertEquals(0x7788, lock.getShort(1));
      assertEquals(0x7788, lock.getChar(1));
      assertEquals((byte) 0x88, lock.getByte(1));
      lock.setFloat(10, 1.5f);
      lock.setDouble(14, -2.5);
      lock.setChar(22, '\uabcd');
      lock.setShort(24, (short) -2);
      lock.setInt(26, -3);
      lock.setByte(30, (byte) -4);
      assertEquals(1.5f, lock.getFloat(10));
      assertEquals(-2.5, lock.getDouble(14));
      assertEquals('\uabcd', lock.getChar(22));
      assertEquals(-2, lock.getShort(24));
      assertEquals(-3, lock.getInt(26));
      assertEquals(-4, lock.getByte(30));
      ByteBuffer buffer = lock.buffer();
      assertEquals(ByteOrder.LITTLE_ENDIAN, buffer.order());
      assertEquals(0, buffer.position());
      assertEquals(64, buffer.remaining());
      assertEquals(64, buffer.capacity());
      assertEquals(-2.5, buffer.getDouble(14));
      assertEquals(64, lock.segment().byteSize());
      assertEquals((byte) 0x88, lock.segment().get(ValueLayout.JAVA_BYTE, 1));
      buffer.put(63, (byte) 63);
      assertEquals(63, memory.getByte(999 + 63));
      lock.segment().set(ValueLayout.JAVA_BYTE, 62, (byte) 62);
      assertEquals(62, memory.getByte(999 + 62));
    }
  }

  @Test
  void accessesBesideTheLockAreRefused() {
    try (var memory = builder().open();
        var lock = memory.lock(new Pointer(memory, 1000), 10)) {
      var e = assertThrows(IndexOutOfBoundsException.class, () -> lock.getInt(7));
      assertEquals("4 bytes at offset 7 of a lock of 10 bytes", e.getMessage());
      lock.setInt(6, 1);
      lock.setLong(2, 1);
      List<Consumer<Integer>> accesses =
          List.of(
              at -> lock.getByte(at),
              at -> lock.getShort(at),
              at -> lock.getChar(at),
              at -> lock.getInt(at),
              at -> lock.getLong(at),
              at -> lock.getFloat(at),
              at -> lock.getDouble(at),
              at -> lock.setByte(at, (byte) 1),
              at -> lock.setShort(at, (short) 1),
              at -> lock.setChar(at, 'x'),
              at -> lock.setInt(at, 1),
              at -> lock.setLong(at, 1),
              at -> lock.setFloat(at, 1),
              at -> lock.setDouble(at, 1));
      for (var access : accesses) {
        for (int at : new int[] {-1, 10, 11, Integer.MAX_VALUE, Integer.MIN_VALUE}) {
          assertThrows(IndexOutOfBoundsException.class, () -> access.accept(at));
        }
      }
    }
  }

  @Test
  void lengthsAndAddressesAreChecked() {
    try (var memory = builder().open()) {
      var pointer = new Pointer(memory, 1000);
      for (long size : new long[] {0, -1, Long.MIN_VALUE}) {
        assertThrows(IllegalArgumentException.class, () -> memory.lock(pointer, size));
        assertThrows(IllegalArgumentException.class, () -> memory.lockForReading(pointer, size));
      }
      var nothing = new Pointer(memory, 0);
      assertThrows(InvalidAddressException.class, () -> memory.lock(nothing, 4));
      assertThrows(InvalidAddressException.class, () -> memory.lock(pointer, POOL));
      assertThrows(InvalidAddressException.class, () -> memory.lock(pointer, Long.MAX_VALUE));
      var end = new Pointer(memory, memory.end());
      assertThrows(InvalidAddressException.class, () -> memory.lock(end, 1));
      memory.check();
    }
  }

  @Test
  void pointersOfAnotherMemoryAreRefused() {
    try (var memory = builder().open();
        var other = builder().open()) {
      var foreign = new Pointer(other, 1000);
      assertThrows(IllegalArgumentException.class, () -> memory.lock(foreign, 4));
      assertThrows(IllegalArgumentException.class, () -> memory.lockForReading(foreign, 4));
      assertThrows(
          IllegalArgumentException.class, () -> memory.forEachLock(foreign, 4, lock -> {}));
    }
  }

  @Test
  void locksRefuseAccessAfterClose() {
    try (var memory = builder().open()) {
      for (boolean writable : new boolean[] {true, false}) {
        var pointer = new Pointer(memory, 1000);
        var lock = writable ? memory.lock(pointer, 16) : memory.lockForReading(pointer, 16);
        lock.close();
        List<Executable> all = new ArrayList<>(reads(lock));
        all.addAll(writes(lock));
        for (Executable access : all) {
          var e = assertThrows(IllegalStateException.class, access);
          assertTrue(e.getMessage().contains("closed"), e.getMessage());
          assertTrue(e.getMessage().contains("1000"), e.getMessage());
        }
        lock.close();
      }
    }
  }

  @Test
  void locksOfAClosedMemoryRefuseAccess() {
    var memory = builder().open();
    var lock = memory.lock(new Pointer(memory, 1000), 16);
    memory.close();
    for (Executable access : reads(lock)) {
      assertThrows(IllegalStateException.class, access);
    }
    for (Executable access : writes(lock)) {
      assertThrows(IllegalStateException.class, access);
    }
    lock.close();
  }
}
