package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Both byte orders, so that the path of the other kind of machine is run as well. */
class BulkTransferTest {
  private final Memory memory = new ArrayMemory(new byte[4096]);

  @Test
  void bothByteOrdersAreAsStatedInMemory() {
    for (ByteOrder order : new ByteOrder[] {ByteOrder.LITTLE_ENDIAN, ByteOrder.BIG_ENDIAN}) {
      ValueLayout layout = ValueLayout.JAVA_INT_UNALIGNED.withOrder(order);
      int[] source = new Random(5).ints(502).toArray();
      BulkTransfer.write(memory, 11, layout, MemorySegment.ofArray(source), 1, 500);
      for (int i = 0; i < 500; i++) {
        int stored = memory.getInt(11 + 4 * i);
        int expected = source[i + 1];
        assertEquals(
            order == ByteOrder.LITTLE_ENDIAN ? expected : Integer.reverseBytes(expected), stored);
      }
      int[] target = source.clone();
      Arrays.fill(target, 1, 501, 0);
      BulkTransfer.read(memory, 11, layout, MemorySegment.ofArray(target), 1, 500);
      assertArrayEquals(source, target);
    }
  }

  @Test
  void aRangeThatDoesNotFitWritesNothing() {
    ValueLayout layout = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    MemorySegment ones = MemorySegment.ofArray(new long[100]).fill((byte) 1);
    assertThrows(
        InvalidAddressException.class,
        () -> BulkTransfer.write(memory, memory.end() - 799, layout, ones, 0, 100));
    assertEquals(0, memory.getByte(memory.end() - 799));
    assertThrows(
        InvalidAddressException.class,
        () -> BulkTransfer.read(memory, memory.end() - 799, layout, ones, 0, 100));
  }
}
