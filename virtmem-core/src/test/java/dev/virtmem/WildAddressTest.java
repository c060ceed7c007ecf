package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virtmem.store.HeapStore;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** Addresses whose low bits are those of a page in a frame, and whose high bits are not. */
class WildAddressTest {
  @Test
  void noAddressBeyondTheMemoryReachesAPage() {
    for (int pageSize : new int[] {16, 64, 1024}) {
      try (var memory = VirtualMemory.builder(new HeapStore(65_536)).pageSize(pageSize).open()) {
        memory.fill(2048, 1024, (byte) 7);
        for (int bit = 17; bit < 64; bit++) {
          check(memory, 2048 + (1L << bit));
          check(memory, 2048 - (1L << bit));
          check(memory, 2048 | (-1L << bit));
        }
      }
    }
  }

  @Test
  void noIndexReachesAPageByWrappingAround() {
    try (var memory = VirtualMemory.builder(new HeapStore(65_536)).open()) {
      memory.fill(2048, 1024, (byte) 7);
      var pointer = new IntPointer(memory, 2048);
      var far = new LongPointer(memory, Long.MAX_VALUE);
      for (long index :
          new long[] {-512, -513, Integer.MIN_VALUE, Integer.MAX_VALUE, 1L << 62, -(1L << 62)}) {
        assertThrows(InvalidAddressException.class, () -> pointer.get(index), "get " + index);
        assertThrows(InvalidAddressException.class, () -> pointer.set(index, 1), "set " + index);
      }
      assertThrows(InvalidAddressException.class, () -> far.get(1));
      assertThrows(InvalidAddressException.class, () -> far.set(Integer.MAX_VALUE, 1));
      assertThrows(InvalidAddressException.class, () -> pointer.nullPointer().get(512));
    }
  }

  private static void check(VirtualMemory memory, long address) {
    var bytes = MemorySegment.ofArray(new byte[4]);
    assertThrows(InvalidAddressException.class, () -> memory.getByte(address));
    assertThrows(InvalidAddressException.class, () -> memory.getShort(address));
    assertThrows(InvalidAddressException.class, () -> memory.getInt(address));
    assertThrows(InvalidAddressException.class, () -> memory.getLong(address));
    assertThrows(InvalidAddressException.class, () -> memory.setByte(address, (byte) 1));
    assertThrows(InvalidAddressException.class, () -> memory.setShort(address, (short) 1));
    assertThrows(InvalidAddressException.class, () -> memory.setInt(address, 1));
    assertThrows(InvalidAddressException.class, () -> memory.setLong(address, 1));
    assertThrows(InvalidAddressException.class, () -> memory.read(address, bytes));
    assertThrows(InvalidAddressException.class, () -> memory.write(address, bytes));
    if (address > 0) {
      var pointer = new IntPointer(memory, address);
      assertThrows(InvalidAddressException.class, () -> pointer.get(0, new int[4], 0, 4));
      assertThrows(InvalidAddressException.class, () -> pointer.set(0, new int[4], 0, 4));
    }
  }
}
