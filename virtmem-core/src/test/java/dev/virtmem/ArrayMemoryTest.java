package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.Test;

class ArrayMemoryTest {
  private final byte[] array = new byte[16];
  private final Memory memory = new ArrayMemory(array);

  @Test
  void numbersAreLittleEndianAndSeenInTheArray() {
    memory.setLong(8, 0x0807060504030201L);
    assertArrayEquals(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 0, 0, 0, 0, 0, 0, 0, 0}, array);
    array[4] = -1;
    assertEquals(0x080706ff, memory.getInt(12));
    assertEquals((short) 0xff04, memory.getShort(11));
    assertEquals(-1, memory.getByte(12));
  }

  @Test
  void everyAccessIsCheckedToTheByte() {
    check(1, memory::getByte, a -> memory.setByte(a, (byte) 1), a -> range(a, 1));
    check(2, memory::getShort, a -> memory.setShort(a, (short) 1), a -> range(a, 2));
    check(4, memory::getInt, a -> memory.setInt(a, 1), a -> range(a, 4));
    check(8, memory::getLong, a -> memory.setLong(a, 1), a -> range(a, 8));
    check(
        3, a -> memory.fill(a, 3, (byte) 1), a -> memory.copy(a, 8, 3), a -> memory.copy(8, a, 3));
  }

  private void range(long address, int length) {
    memory.read(address, MemorySegment.ofArray(new byte[length]));
    memory.write(address, MemorySegment.ofArray(new byte[length]));
  }

  private void check(int size, LongConsumer... accesses) {
    for (LongConsumer access : accesses) {
      access.accept(8);
      access.accept(24 - size);
      for (long bad :
          new long[] {Long.MIN_VALUE, -1, 0, 7, 25 - size, 24, 1L << 32 | 8, Long.MAX_VALUE}) {
        assertThrows(InvalidAddressException.class, () -> access.accept(bad), "address " + bad);
      }
    }
  }

  @Test
  void messagesNameTheAddressAndTheBounds() {
    Exception outside = assertThrows(InvalidAddressException.class, () -> memory.getInt(21));
    assertEquals("4 bytes at address 21: outside of [8, 24)", outside.getMessage());
    Exception nothing = assertThrows(InvalidAddressException.class, () -> memory.getByte(0));
    assertEquals("access to 1 byte through a null pointer", nothing.getMessage());
  }

  @Test
  void emptyRangesAreAllowedAnywhereAndNegativeOnesNowhere() {
    memory.fill(0, 0, (byte) 1);
    memory.copy(0, 100, 0);
    memory.read(24, MemorySegment.ofArray(new byte[0]));
    assertThrows(IllegalArgumentException.class, () -> memory.fill(8, -1, (byte) 1));
    assertThrows(IllegalArgumentException.class, () -> memory.copy(8, 9, -1));
  }

  @Test
  void copiesOverlapSafely() {
    for (int i = 0; i < 16; i++) {
      array[i] = (byte) i;
    }
    memory.copy(8, 10, 14);
    assertArrayEquals(new byte[] {0, 1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13}, array);
    memory.copy(10, 8, 14);
    assertArrayEquals(new byte[] {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 12, 13}, array);
  }

  @Test
  void constructorRefusesWhatMakesNoMemory() {
    assertThrows(IllegalArgumentException.class, () -> new ArrayMemory(new byte[0]));
    for (int width : List.of(0, 2, 16)) {
      Exception e =
          assertThrows(IllegalArgumentException.class, () -> new ArrayMemory(array, width));
      assertTrue(e.getMessage().endsWith("got " + width), e.getMessage());
    }
    assertEquals(8, new ArrayMemory(array, 8).pointerBytes());
    assertEquals(4, memory.pointerBytes());
    assertEquals(24, memory.end());
  }
}
