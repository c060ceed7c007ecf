package dev.virtmem.struct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.virtmem.ArrayMemory;
import dev.virtmem.Pointer;
import dev.virtmem.RecordPointer;
import org.junit.jupiter.api.Test;

/** An enum with 256 constants fits into a byte, one with 257 does not. */
class WideEnumTest {
  record Both(Byte256 narrow, Short257 wide) {}

  private final byte[] array = new byte[3];
  private final RecordPointer<Both> p =
      new Pointer(new ArrayMemory(array), 8).asRecords(Both.class);

  @Test
  void everyConstantComesBack() {
    assertEquals(3, p.elementSize());
    for (Short257 wide : Short257.values()) {
      Both both = new Both(Byte256.values()[255 - Math.min(255, wide.ordinal())], wide);
      p.set(both);
      assertEquals(both, p.get());
    }
    assertEquals(0, array[1]);
    assertEquals(1, array[2]);
  }

  @Test
  void anOrdinalTooLargeIsRefused() {
    array[1] = 1;
    array[2] = 1;
    Exception e = assertThrows(IllegalStateException.class, p::get);
    assertEquals(
        "Both.wide: ordinal 257 in memory, but Short257 has 257 constants", e.getMessage());
  }
}
