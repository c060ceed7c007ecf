package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.HeapStore;
import dev.virtmem.struct.PointerMember;
import dev.virtmem.struct.RecordType;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Pointers and memory functions over virtual memories with few small pages. */
class VirtualPointersTest {
  private static final int PAGE = 256;
  private static final int SIZE = 6_000;

  private final VirtualMemory left = open(300_000);
  private final VirtualMemory right = open(20_000);
  private final BytePointer leftStart = left.allocateBytes(SIZE);
  private final BytePointer rightStart = right.allocateBytes(SIZE);

  record Node(int value, RecordPointer<Node> next) {}

  private static VirtualMemory open(long capacity) {
    return VirtualMemory.builder(new HeapStore(capacity)).frames(4).pageSize(PAGE).open();
  }

  @AfterEach
  void close() {
    left.close();
    right.close();
  }

  @Test
  void copiesBetweenMemoriesOfAllKindsAgreeWithAModel() {
    Random random = new Random(8);
    byte[] ordinary = new byte[SIZE];
    BytePointer[] places = {
      leftStart, rightStart, new BytePointer(new ArrayMemory(ordinary), 8), leftStart
    };
    byte[] shared = new byte[SIZE];
    byte[][] models = {shared, new byte[SIZE], new byte[SIZE], shared};
    for (BytePointer place : places) {
      MemoryFunctions.fill(place, SIZE, (byte) 0);
    }
    for (int step = 0; step < 3_000; step++) {
      int a = random.nextInt(4);
      int b = random.nextInt(4);
      int length = random.nextInt(random.nextBoolean() ? 20 : 2_000);
      int from = random.nextInt(SIZE - length + 1);
      int to = random.nextInt(SIZE - length + 1);
      if (random.nextInt(4) == 0) {
        byte[] noise = new byte[length];
        random.nextBytes(noise);
        places[a].set(from, noise, 0, length);
        System.arraycopy(noise, 0, models[a], from, length);
      }
      MemoryFunctions.copy(places[a].plus(from), places[b].plus(to), length);
      System.arraycopy(models[a], from, models[b], to, length);
      int at = random.nextInt(SIZE - length + 1);
      assertEquals(
          Arrays.mismatch(models[a], at, at + length, models[b], to, to + length),
          MemoryFunctions.mismatch(places[a].plus(at), places[b].plus(to), length),
          "seed 8, step " + step);
    }
    for (int i = 0; i < places.length; i++) {
      assertEquals(-1, MemoryFunctions.mismatch(places[i], MemorySegment.ofArray(models[i])));
    }
  }

  @Test
  void aCopyThatDoesNotFitWritesNothing() {
    BytePointer late = new BytePointer(right, right.end() - 999);
    MemoryFunctions.fill(late, 999, (byte) 1);
    MemoryFunctions.fill(leftStart, 1000, (byte) 2);
    assertThrows(InvalidAddressException.class, () -> MemoryFunctions.copy(leftStart, late, 1000));
    assertEquals(1, late.get());
  }

  @Test
  void aDistanceOf65536IsNothingSpecial() {
    BytePointer p = left.allocateBytes(2 * 65_536 + 100);
    MemoryFunctions.fill(p, 2 * 65_536 + 100, (byte) 7);
    p.set(65_536 + 50, (byte) 8);
    assertEquals(50, MemoryFunctions.mismatch(p, p.plus(65_536), 100));
    assertTrue(MemoryFunctions.compare(p, p.plus(65_536), 100) < 0);
    assertTrue(MemoryFunctions.compare(p.plus(65_536), p.plus(2 * 65_536), 100) > 0);
    assertEquals(0, MemoryFunctions.compare(p, p.plus(2 * 65_536), 100));
    assertEquals(-65_536, p.minus(p.plus(65_536)));
  }

  @Test
  void stringsGoFromMemoryToMemory() {
    String text = "Grüße ".repeat(200);
    CStrings.write(leftStart, text, SIZE);
    CStrings.copy(leftStart, rightStart.plus(3));
    assertEquals(text, CStrings.read(rightStart.plus(3)));
    assertEquals(0, CStrings.compare(leftStart, rightStart.plus(3)));
    rightStart.add(3 + 1000, 1);
    assertTrue(CStrings.compare(leftStart, rightStart.plus(3)) < 0);
    assertEquals(0, CStrings.compare(leftStart, rightStart.plus(3), 1000));
  }

  @Test
  void aStringThatEndsWithItsPageNeedsNoOtherPage() {
    BytePointer pageEnd = leftStart.plus(PAGE - leftStart.address() % PAGE + 2 * PAGE - 1);
    pageEnd.set((byte) 0);
    for (int length = 0; length < PAGE - 1; length++) {
      BytePointer string = pageEnd.minus(length);
      MemoryFunctions.fill(string, length, (byte) 'x');
      left.drop();
      left.resetStatistics();
      assertEquals(length, CStrings.length(string));
      assertTrue(left.statistics().bytesRead() <= PAGE, "length " + length);
    }
  }

  @Test
  void recordsAndListsLiveInVirtualMemory() {
    int count = 500;
    RecordPointer<Node> nodes = left.allocate(Node.class, count);
    nodes.fill(count, i -> new Node((int) i, i + 1 == count ? null : nodes.plus(i + 1)));
    RecordType<Node> type = nodes.recordType();
    PointerMember<Node, RecordPointer<Node>> next =
        type.pointerMember("next", PointerType.record(Node.class));
    long sum = 0;
    RecordWalker<Node> walker = nodes.walker();
    for (; !walker.isNull(); walker.follow(next)) {
      sum += type.intMember("value").get(walker);
    }
    assertEquals(count * (count - 1) / 2, sum);
    int[] values = new int[count];
    nodes.forEach(count, node -> values[node.value()]++);
    int[] ones = new int[count];
    Arrays.fill(ones, 1);
    assertArrayEquals(ones, values);
    nodes.destroy(count, node -> values[node.value()]--);
    assertArrayEquals(new int[count], values);
    left.free(nodes);
  }
}
