package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.FaultyStore;
import dev.virtmem.store.HeapStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.struct.Size;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The faults of the C++ original, one by one: none of them can happen here. */
class OriginalFaultsTest {
  private static final int POOL = 128 * 1024;

  record Point(int x, int y) {}

  record Node(int id, long weight, short flags) {}

  record Large(int id, @Size(500) long[] numbers, byte last) {}

  private static VirtualMemory open() {
    return VirtualMemory.builder(new HeapStore(POOL)).open();
  }

  private static VirtualMemory open(Preset preset) {
    return VirtualMemory.builder(new HeapStore(POOL)).preset(preset).open();
  }

  @Test
  void poolsDoNotDieOfFragmentation() {
    try (var memory = open()) {
      var random = new Random(1);
      var blocks = new BytePointer[100];
      var sizes = new int[100];
      for (int pair = 0; pair < 100_000; pair++) {
        int i = pair % 100;
        if (blocks[i] != null) {
          assertEquals((byte) sizes[i], blocks[i].get(0));
          assertEquals((byte) i, blocks[i].get(sizes[i] - 1));
          memory.free(blocks[i]);
        }
        sizes[i] = 16 + random.nextInt(241);
        blocks[i] = memory.allocateBytes(sizes[i]);
        blocks[i].set(0, (byte) sizes[i]);
        blocks[i].set(sizes[i] - 1, (byte) i);
      }
      memory.check();
      for (var block : blocks) {
        memory.free(block);
      }
      assertEquals(0, memory.usedBytes());
      assertEquals(1, memory.heapReport().freeBlocks());
      memory.check();
    }
  }

  /** A free block's header must not be dropped with the contents of the block that it replaces. */
  @ParameterizedTest
  @ValueSource(ints = {1, 4, 8, 9, 12, 13, 16, 17, 20, 28, 60, 100, 1000, 33_000})
  void freedBlocksSurviveEviction(int bytes) {
    try (var memory = open()) {
      BytePointer first = memory.allocateBytes(bytes);
      BytePointer second = memory.allocateBytes(bytes);
      MemoryFunctions.fill(first, bytes, (byte) 5);
      MemoryFunctions.fill(second, bytes, (byte) 5);
      memory.drop();
      memory.free(second);
      memory.drop();
      memory.check();
      memory.free(first);
      memory.drop();
      memory.check();
    }
  }

  @Test
  void outOfMemoryIsAnExceptionAndTheMemoryGoesOn() {
    try (var memory = open()) {
      List<IntPointer> blocks = new ArrayList<>();
      var e =
          assertThrows(
              PoolExhaustedException.class,
              () -> {
                while (true) {
                  IntPointer block = memory.allocateInts(250);
                  block.set(blocks.size());
                  block.set(249, ~blocks.size());
                  blocks.add(block);
                }
              });
      assertEquals(1000, e.requested());
      assertTrue(e.getMessage().contains("1000 bytes"), e.getMessage());
      assertTrue(blocks.size() >= 128, blocks.size() + " blocks of 1000 bytes");
      memory.check();
      for (int i = 0; i < blocks.size(); i++) {
        assertEquals(i, blocks.get(i).get());
        assertEquals(~i, blocks.get(i).get(249));
      }
      memory.free(blocks.get(17));
      assertEquals(blocks.get(17), memory.allocateInts(250));
      memory.check();
    }
  }

  @Test
  void sizesNearTheLimitsOfNumbersAreRefused() {
    try (var memory = open()) {
      memory.allocateInts(10);
      long used = memory.usedBytes();
      for (long limit : new long[] {1L << 31, 1L << 32, 1L << 33, 1L << 46, 1L << 62}) {
        for (long bytes = limit - 20; bytes <= limit + 20; bytes++) {
          long size = bytes;
          assertThrows(PoolExhaustedException.class, () -> memory.allocate(size), "size " + size);
        }
      }
      for (long less = 0; less < 20; less++) {
        long size = Long.MAX_VALUE - less;
        assertThrows(PoolExhaustedException.class, () -> memory.allocate(size), "size " + size);
        assertThrows(IllegalArgumentException.class, () -> memory.allocateInts(size));
        assertThrows(IllegalArgumentException.class, () -> memory.allocate(Point.class, size));
      }
      for (long count : new long[] {(1L << 62) + 1, 1L << 61, (1L << 61) + 1, 1L << 60}) {
        assertThrows(
            RuntimeException.class,
            () -> memory.allocate(PointerType.LONG, count),
            "count " + count);
      }
      for (long size : new long[] {-1, Integer.MIN_VALUE, Long.MIN_VALUE}) {
        assertThrows(IllegalArgumentException.class, () -> memory.allocate(size));
        assertThrows(IllegalArgumentException.class, () -> memory.allocateInts(size));
      }
      assertEquals(used, memory.usedBytes());
      memory.check();
    }
  }

  @Test
  void addressesBeyond32BitsAreDifferentAddresses() {
    try (var memory = VirtualMemory.builder(new SparseStore(5L << 32)).ram(64 * 1024).open()) {
      assertEquals(8, memory.pointerBytes());
      for (int i = 0; i < 5; i++) {
        memory.setLong((1L << 32) * i + 4096, i + 1);
        memory.setLong((1L << 32) * i + 4096 * 5 - 4, -i);
      }
      memory.setInt((1L << 32) - 2, 0x01020304);
      memory.drop();
      for (int i = 0; i < 5; i++) {
        assertEquals(i + 1, memory.getLong((1L << 32) * i + 4096));
        assertEquals(-i, memory.getLong((1L << 32) * i + 4096 * 5 - 4));
      }
      assertEquals(0x0102, memory.getShort(1L << 32));
      BytePointer large = memory.allocateBytes(3L << 32);
      large.set((3L << 32) - 1, (byte) 9);
      BytePointer next = memory.allocateBytes(1L << 32);
      next.set(0, (byte) 8);
      assertEquals(9, large.get((3L << 32) - 1));
      assertThrows(PoolExhaustedException.class, () -> memory.allocate(1L << 32));
      memory.free(large);
      memory.check();
    }
  }

  @ParameterizedTest
  @EnumSource
  void arraysOfObjectsKeepWhatWasConstructed(Preset preset) {
    try (var memory = open(preset)) {
      RecordPointer<Point> points = memory.allocate(Point.class, 1000);
      points.fill(1000, i -> new Point((int) i, (int) -i));
      memory.drop();
      List<Point> seen = new ArrayList<>();
      points.forEach(1000, seen::add);
      List<Point> destroyed = new ArrayList<>();
      points.destroy(1000, destroyed::add);
      for (int i = 0; i < 1000; i++) {
        assertEquals(new Point(i, -i), seen.get(i));
        assertEquals(new Point(i, -i), destroyed.get(999 - i));
      }
      memory.free(points);
      memory.check();
    }
  }

  /** The original wrote an overlapping page that it had read before over what a lock left. */
  @ParameterizedTest
  @EnumSource
  void releasedLocksAreNotOverwrittenByPagesReadBefore(Preset preset) {
    try (var memory = open(preset)) {
      var mirror = new Mirror(memory);
      var random = new Random(2);
      for (int round = 0; round < 500; round++) {
        int at = 1000 + random.nextInt(2000);
        mirror.setByte(at - 1 - random.nextInt(100), round);
        mirror.setByte(at + 16 + random.nextInt(100), round);
        try (var lock = memory.lock(mirror.at(at), 16)) {
          mirror.setByte(at + lock.size(), round + 1);
          for (int i = 0; i < lock.size(); i++) {
            mirror.setByte(lock, i, round + i);
          }
          mirror.setByte(at - 1, round + 2);
        }
        if (round % 3 == 0) {
          memory.drop();
        }
        memory.setByte(POOL - 1 - random.nextInt(50_000), (byte) 0);
        mirror.checkRange(at - 100, 216);
        memory.check();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void writesOverAWholeLockStayWhereTheyBelong(Preset preset) {
    try (var memory = open(preset)) {
      var mirror = new Mirror(memory);
      mirror.fillAtRandom(new Random(3));
      try (var before = memory.lock(mirror.at(2032), 16);
          var lock = memory.lock(mirror.at(2048), 16);
          var behind = memory.lock(mirror.at(2080), 10)) {
        mirror.fill(2000, 128, 77);
        mirror.checkLock(before);
        mirror.checkLock(lock);
        mirror.checkLock(behind);
        mirror.fill(2048, 16, 78);
        mirror.checkLock(lock);
        var bytes = new byte[5000];
        new Random(4).nextBytes(bytes);
        mirror.write(100, bytes);
        mirror.checkLock(before);
        mirror.checkLock(lock);
        mirror.checkLock(behind);
        mirror.checkRange(16, 8000);
        memory.check();
      }
      memory.drop();
      mirror.checkAll();
    }
  }

  @ParameterizedTest
  @EnumSource
  void membersAtTheStartOfALargerLockAreKept(Preset preset) {
    try (var memory = open(preset)) {
      RecordPointer<Node> nodes = memory.allocate(Node.class, 10);
      nodes.fill(10, i -> new Node((int) i, i, (short) i));
      try (var lock = memory.lock(nodes, 10 * nodes.elementSize())) {
        nodes.intMember("id").set(1234);
        assertEquals(1234, lock.getInt(0));
        lock.setInt(0, 4321);
        assertEquals(4321, nodes.get().id());
        nodes.set(new Node(1, 2, (short) 3));
        assertEquals(2, lock.getLong(4));
        lock.setShort(12, (short) 9);
        nodes.longMember("weight").add(40);
      }
      assertEquals(new Node(1, 42, (short) 9), nodes.get());
      memory.drop();
      assertEquals(new Node(1, 42, (short) 9), nodes.get());
      for (int i = 1; i < 10; i++) {
        assertEquals(new Node(i, i, (short) i), nodes.get(i));
      }
    }
  }

  @Test
  void comparingAtADistanceOf65536SeesDifferences() {
    try (var memory = open()) {
      BytePointer low = memory.allocateBytes(65_536 + 1000);
      BytePointer high = low.plus(65_536);
      MemoryFunctions.fill(low, 65_536 + 1000, (byte) 1);
      assertEquals(0, MemoryFunctions.compare(low, high, 1000));
      high.set(999, (byte) 2);
      assertTrue(MemoryFunctions.compare(low, high, 1000) < 0);
      assertTrue(MemoryFunctions.compare(high, low, 1000) > 0);
      assertEquals(999, MemoryFunctions.mismatch(low, high, 1000));
      assertEquals(0, MemoryFunctions.compare(low, high, 999));
    }
  }

  @Test
  void differencesOfPointersMayBeNegative() {
    try (var memory = open()) {
      DoublePointer low = memory.allocate(PointerType.DOUBLE, 1000);
      DoublePointer high = low.plus(999);
      assertEquals(999, high.minus(low));
      assertEquals(-999, low.minus(high));
      assertEquals(low, high.plus(low.minus(high)));
      assertTrue(low.compareTo(high) < 0);
    }
  }

  @Test
  void addingKeepsTheElementsType() {
    try (var memory = open()) {
      LongPointer number = memory.allocate(PointerType.LONG, 2);
      number.set(1, 5);
      assertEquals((1L << 40) + 5, number.add(1, 1L << 40));
      assertEquals((1L << 40) + 5, number.get(1));
      DoublePointer real = memory.allocate(PointerType.DOUBLE, 1);
      real.set(0.25);
      real.add(0.5);
      assertEquals(0.75, real.get());
      FloatPointer single = memory.allocate(PointerType.FLOAT, 1);
      single.set(1e10f);
      single.add(0.5e10f);
      assertEquals(1.5e10f, single.get());
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 7})
  void lockingAllThatCanBeLockedLeavesTheRestUsable(int frames) {
    var builder = VirtualMemory.builder(new HeapStore(POOL)).pageSize(256).frames(frames);
    try (var memory = builder.lockBuffers(16, 64).open()) {
      var mirror = new Mirror(memory);
      List<PageLock> locks = new ArrayList<>();
      var e =
          assertThrows(
              LockUnavailableException.class,
              () -> {
                for (int at = 1024; ; at += 512) {
                  locks.add(memory.lock(mirror.at(at), 256));
                }
              });
      assertTrue(e.getMessage().contains(" at 1024"), e.getMessage());
      for (int at = 20; at + 8 < POOL; at += 1001) {
        mirror.setNumber(at, 8, at * 0x123456789L);
      }
      mirror.copy(2000, 20_000, 5000);
      mirror.fill(3000, 1000, 3);
      BytePointer block = memory.allocateBytes(10);
      memory.free(block);
      memory.check();
      locks.forEach(PageLock::close);
      memory.check();
      try (var again = memory.lock(mirror.at(1024), 256)) {
        assertEquals(frames == 1 ? 64 : 256, again.size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void recordsLargerThanAPageAreWhole(Preset preset) {
    try (var memory = open(preset)) {
      var numbers = new long[500];
      Arrays.setAll(numbers, i -> i * 0x0101010101010101L);
      RecordPointer<Large> large = memory.allocate(Large.class, 4);
      large.fill(4, i -> new Large((int) i, numbers, (byte) ~i));
      memory.drop();
      for (int i = 0; i < 4; i++) {
        Large got = large.get(i);
        assertEquals(i, got.id());
        assertTrue(Arrays.equals(numbers, got.numbers()));
        assertEquals((byte) ~i, got.last());
      }
      large.plus(2).byteMember("last").set((byte) 55);
      assertEquals(55, large.get(2).last());
      assertEquals(3, large.get(3).id());
    }
  }

  @ParameterizedTest
  @EnumSource
  void flushAndCloseWriteSmallLocksOut(Preset preset) {
    var store = new KeptStore(new HeapStore(POOL));
    var memory = VirtualMemory.builder(store).preset(preset).open();
    var lock = memory.lock(new Pointer(memory, 5000), 8);
    var other = memory.lock(new Pointer(memory, 9000), 8);
    lock.setLong(0, 0x1122334455667788L);
    memory.flush();
    assertEquals(0x88 - 256, store.bytes()[5000]);
    assertEquals(0x11, store.bytes()[5007]);
    lock.setByte(0, (byte) 1);
    memory.flush();
    assertEquals(1, store.bytes()[5000]);
    lock.setByte(1, (byte) 2);
    lock.close();
    other.setByte(3, (byte) 3);
    memory.close();
    assertEquals(2, store.bytes()[5001]);
    assertEquals(3, store.bytes()[9003]);
  }

  @ParameterizedTest
  @EnumSource
  void closingALockTwiceReleasesItOnce(Preset preset) {
    try (var memory = open(preset)) {
      var mirror = new Mirror(memory);
      var first = memory.lock(mirror.at(4096), 16);
      var second = memory.lock(mirror.at(4096), 16);
      first.close();
      first.close();
      memory.check();
      memory.drop();
      mirror.setByte(second, 3, 42);
      mirror.checkRange(4096, 16);
      second.close();
      second.close();
      memory.check();
      memory.drop();
      mirror.checkRange(4096, 16);
    }
  }

  @Test
  void freeingTwiceOrWhatIsNoBlockIsRefused() {
    try (var memory = open();
        var other = open()) {
      LongPointer block = memory.allocate(PointerType.LONG, 4);
      LongPointer behind = memory.allocate(PointerType.LONG, 4);
      for (long address = 0; address < 200; address++) {
        var wrong = new Pointer(memory, address);
        if (!wrong.equals(block) && !wrong.equals(behind)) {
          assertThrows(InvalidAddressException.class, () -> memory.free(wrong), wrong::toString);
        }
      }
      for (long address : new long[] {POOL - 4, POOL, POOL + 8, 1L << 40, Long.MAX_VALUE}) {
        var wrong = new Pointer(memory, address);
        assertThrows(InvalidAddressException.class, () -> memory.free(wrong), wrong::toString);
      }
      memory.free(block);
      var e = assertThrows(InvalidAddressException.class, () -> memory.free(block));
      assertTrue(e.getMessage().contains(Long.toString(block.address())), e.getMessage());
      assertThrows(IllegalArgumentException.class, () -> other.free(behind));
      memory.check();
      memory.free(behind.asBytes());
      assertEquals(0, memory.usedBytes());
      memory.check();
    }
  }

  /** The original waited for a lost answer for ever. */
  @Test
  void aStoreThatFailsIsAnException() {
    var store = new FaultyStore(new HeapStore(POOL));
    var memory = VirtualMemory.builder(store).open();
    memory.setInt(50_000, 1);
    memory.drop();
    store.failFrom(1);
    assertThrows(StoreException.class, () -> memory.getInt(50_000));
    memory.setInt(60_000, 2);
    assertThrows(StoreException.class, memory::flush);
    assertThrows(StoreException.class, memory::close);
    store.repair();
    assertEquals(1, memory.getInt(50_000));
    assertEquals(2, memory.getInt(60_000));
    memory.close();
    assertFalse(memory.toString().isEmpty());
  }
}
