package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class PointerTest {
  private final Memory memory = new ArrayMemory(new byte[64]);
  private final Memory other = new ArrayMemory(new byte[64]);
  private final IntPointer p = new IntPointer(memory, 16);

  @Test
  void arithmeticCountsInElements() {
    assertEquals(24, p.plus(2).address());
    assertEquals(8, p.plus(-2).address());
    assertEquals(8, p.minus(2).address());
    assertEquals(24, p.minus(-2).address());
    assertEquals(16 + 8 * 3_000_000_000L, p.asLongs().plus(3_000_000_000L).address());
  }

  @Test
  void differencesAreExactAlsoNegativeOnes() {
    assertEquals(2, p.plus(2).minus(p));
    assertEquals(-2, p.minus(p.plus(2)));
    LongPointer far = new LongPointer(memory, 8 + 8 * 3_000_000_000L);
    assertEquals(3_000_000_000L, far.minus(new LongPointer(memory, 8)));
    assertEquals(-3_000_000_000L, new LongPointer(memory, 8).minus(far));
    assertEquals(1, new IntPointer(memory, 4).minus(p.nullPointer()));
  }

  @Test
  void differencesThatMeanNothingAreRefused() {
    IntPointer odd = new IntPointer(memory, 18);
    Exception e = assertThrows(IllegalArgumentException.class, () -> odd.minus(p));
    assertEquals("int* 18 and int* 16 are 2 bytes apart: not a multiple of 4", e.getMessage());
    IntPointer foreign = new IntPointer(other, 16);
    assertThrows(IllegalArgumentException.class, () -> foreign.minus(p));
    assertThrows(IllegalArgumentException.class, () -> foreign.compareTo(p));
  }

  @Test
  void arithmeticNeverWraps() {
    for (long count :
        new long[] {
          Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62, -(1L << 62), 1L << 61, -(1L << 61), -4, -5
        }) {
      assertThrows(InvalidAddressException.class, () -> p.plus(count), "plus " + count);
      assertThrows(InvalidAddressException.class, () -> p.get(count), "get " + count);
    }
    assertThrows(InvalidAddressException.class, () -> p.minus(Long.MIN_VALUE));
    BytePointer last = new BytePointer(memory, Long.MAX_VALUE);
    assertThrows(InvalidAddressException.class, () -> last.plus(1));
    assertEquals(1, last.minus(Long.MAX_VALUE - 1).address());
    Exception e = assertThrows(InvalidAddressException.class, () -> p.minus(4));
    assertTrue(e.getMessage().startsWith("element -4 of int* 16 has no address"), e.getMessage());
  }

  @Test
  void nullPointsToNothing() {
    IntPointer nothing = p.nullPointer();
    assertTrue(nothing.isNull());
    assertFalse(p.isNull());
    assertEquals("int* null", nothing.toString());
    assertThrows(InvalidAddressException.class, nothing::get);
    assertThrows(InvalidAddressException.class, () -> nothing.set(1));
    Exception e = assertThrows(InvalidAddressException.class, () -> nothing.get(4));
    assertEquals("element 4 of a null pointer", e.getMessage());
    assertThrows(InvalidAddressException.class, () -> nothing.plus(4));
    assertEquals(nothing, PointerType.VOID.nullPointer(memory));
    assertNotEquals(nothing, new IntPointer(other, 0));
  }

  @Test
  void pointersAreOrderedAndEqualByAddress() {
    assertTrue(p.compareTo(p.plus(1)) < 0);
    assertTrue(p.compareTo(p.minus(1)) > 0);
    assertEquals(0, p.compareTo(p.asBytes()));
    BytePointer high = new BytePointer(memory, 1L << 40);
    assertTrue(high.compareTo(p) > 0);
    assertEquals(p, p.asBytes());
    assertEquals(p.hashCode(), p.asBytes().hashCode());
    assertNotEquals(p, p.plus(1));
    assertNotEquals(p, new IntPointer(other, 16));
    assertNotEquals(p, "int* 16");
  }

  @Test
  void castsKeepThePlace() {
    p.set(0x40490fdb);
    assertEquals((float) Math.PI, p.asFloats().get());
    assertEquals((byte) 0xdb, p.asBytes().get());
    assertEquals(0x0fdb, p.asShorts().get());
    assertEquals(0x4049, p.asChars().get(1));
    assertEquals(0x40490fdb, p.asLongs().get());
    assertEquals(Double.longBitsToDouble(0x40490fdb), p.asDoubles().get());
    assertTrue(p.asBooleans().get());
    Pointer typeless = p.as(PointerType.VOID);
    assertEquals("void* 16", typeless.toString());
    assertEquals(0x40490fdb, typeless.as(PointerType.INT).get());
    assertEquals(memory, typeless.memory());
  }

  @Test
  void storedPointersComeBack() {
    for (Memory each : new Memory[] {memory, new ArrayMemory(new byte[64], 8)}) {
      IntPointer target = new IntPointer(each, 0x2030);
      PointerPointer<IntPointer> slots =
          new Pointer(each, 8).as(PointerType.pointer(PointerType.INT));
      assertEquals("int** 8", slots.plus(0).asBytes().as(slots.type()).toString());
      assertEquals(each.pointerBytes(), slots.elementSize());
      slots.set(target);
      slots.set(1, target.plus(1));
      slots.set(2, null);
      assertEquals(target, slots.get());
      assertEquals(target.plus(1), slots.get(1));
      assertTrue(slots.get(2).isNull());
      assertEquals(0x30, slots.asBytes().get(0));
      assertEquals(0x20, slots.asBytes().get(1));
      assertEquals(0x34, slots.asBytes().get(each.pointerBytes()));
      slots.set(1, new IntPointer(other, 0));
      assertTrue(slots.get(1).isNull());
      PointerPointer.Cursor<IntPointer> cursor = slots.cursor(2);
      assertTrue(cursor.next());
      assertEquals(target, cursor.get());
      assertTrue(cursor.next());
      cursor.set(target);
      assertEquals(target, slots.get(1));
      assertFalse(cursor.next());
      int visited = 0;
      for (PointerPointer<IntPointer> slot : slots.elements(2)) {
        assertEquals(slots.plus(visited++), slot);
        assertEquals(target, slot.get());
      }
      assertEquals(2, visited);
    }
  }

  @Test
  void pointersThatCannotBeStoredAreRefused() {
    PointerPointer<IntPointer> slot = new PointerPointer<>(memory, 8, PointerType.INT);
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> slot.set(new IntPointer(other, 16)));
    assertEquals(
        "int* 16 points into ArrayMemory[64 bytes], and cannot be stored in ArrayMemory[64 bytes]",
        e.getMessage());
    slot.set(new IntPointer(memory, 0xffff_fffeL));
    assertEquals(0xffff_fffeL, slot.get().address());
    assertThrows(IllegalArgumentException.class, () -> slot.set(new IntPointer(memory, 1L << 32)));
    assertEquals(0xffff_fffeL, slot.get().address());
  }

  @Test
  void storedBytesThatAreNoAddressAreRefused() {
    Memory wide = new ArrayMemory(new byte[64], 8);
    wide.setLong(8, -2);
    PointerPointer<IntPointer> slot = new PointerPointer<>(wide, 8, PointerType.INT);
    Exception e = assertThrows(IllegalStateException.class, slot::get);
    assertEquals("0xfffffffffffffffe, stored at address 8, is no address", e.getMessage());
  }

  @Test
  void constructorsRefuseNoMemoryAndNegativeAddresses() {
    assertThrows(NullPointerException.class, () -> new IntPointer(null, 16));
    Exception e = assertThrows(IllegalArgumentException.class, () -> new Pointer(memory, -8));
    assertEquals("an address must be at least 0, got -8", e.getMessage());
  }

  @Test
  void typesAreEqualByWhatTheyPointTo() {
    assertEquals(PointerType.pointer(PointerType.INT), PointerType.pointer(PointerType.INT));
    assertEquals(
        PointerType.pointer(PointerType.INT).hashCode(),
        PointerType.pointer(PointerType.INT).hashCode());
    assertNotEquals(PointerType.pointer(PointerType.INT), PointerType.pointer(PointerType.LONG));
    assertNotEquals(PointerType.pointer(PointerType.INT), PointerType.INT);
    assertEquals(8, PointerType.DOUBLE.elementSize(memory));
    assertEquals(4, PointerType.pointer(PointerType.DOUBLE).elementSize(memory));
  }
}
