package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class PrimitivePointersTest {
  private static final int SIZE = 200;

  private final byte[] array = new byte[SIZE];
  private final Memory memory = new ArrayMemory(array);

  static Stream<PrimitiveKind<?>> kinds() {
    return PrimitiveKind.all();
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void randomAccessesAgreeWithAModel(PrimitiveKind<?> kind) {
    randomAccesses(kind);
  }

  private <P extends TypedPointer<P>> void randomAccesses(PrimitiveKind<P> kind) {
    Random random = new Random(1);
    byte[] model = new byte[SIZE];
    for (int step = 0; step < 20_000; step++) {
      String where = kind + ", seed 1, step " + step;
      int origin = random.nextInt(SIZE - kind.size() + 1);
      int at = random.nextInt(SIZE - kind.size() + 1);
      at += Math.floorMod(origin - at, kind.size());
      at = at > SIZE - kind.size() ? at - kind.size() : at;
      P p = kind.type().at(memory, origin + 8);
      long index = (at - origin) / kind.size();
      int room = (SIZE - at) / kind.size();
      switch (random.nextInt(5)) {
        case 0 -> {
          long bits = kind.bits(random.nextLong());
          kind.set(p, index, bits);
          put(model, at, bits, kind.size());
        }
        case 1 -> assertEquals(bits(model, at, kind), kind.get(p, index), where);
        case 2 -> {
          long[] values = random.longs(random.nextInt(room + 1)).map(kind::bits).toArray();
          kind.setAll(p, index, values);
          for (int i = 0; i < values.length; i++) {
            put(model, at + i * kind.size(), values[i], kind.size());
          }
        }
        case 3 -> {
          long[] values = new long[random.nextInt(room + 1)];
          long[] expected = new long[values.length];
          for (int i = 0; i < values.length; i++) {
            expected[i] = bits(model, at + i * kind.size(), kind);
          }
          kind.getAll(p, index, values);
          assertArrayEquals(expected, values, where);
        }
        default -> {
          PointerCursor cursor = kind.cursor(p.plus(index), room);
          for (int i = 0; i < room; i++) {
            assertTrue(cursor.next(), where);
            long old = bits(model, at + i * kind.size(), kind);
            assertEquals(old, kind.current(cursor), where);
            long bits = kind.bits(random.nextLong());
            kind.setCurrent(cursor, bits);
            put(model, at + i * kind.size(), bits, kind.size());
          }
          assertFalse(cursor.next(), where);
        }
      }
      assertArrayEquals(model, array, where);
    }
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void accessesAreCheckedAtBothEnds(PrimitiveKind<?> kind) {
    boundaries(kind);
  }

  private <P extends TypedPointer<P>> void boundaries(PrimitiveKind<P> kind) {
    P first = kind.type().at(memory, 8);
    long last = SIZE / kind.size() - 1;
    kind.set(first, 0, 1);
    kind.set(first, last, 1);
    for (long bad : new long[] {-1, last + 1, 1L << 32, -(1L << 32)}) {
      assertThrows(InvalidAddressException.class, () -> kind.get(first, bad));
      assertThrows(InvalidAddressException.class, () -> kind.set(first, bad, 1));
      assertThrows(InvalidAddressException.class, () -> kind.getAll(first, bad, new long[1]));
      assertThrows(InvalidAddressException.class, () -> kind.setAll(first, bad, new long[1]));
    }
    byte[] before = array.clone();
    assertThrows(InvalidAddressException.class, () -> kind.setAll(first, last, new long[2]));
    assertArrayEquals(before, array);
    assertEquals(kind.size(), first.elementSize());
    assertEquals(kind.size(), kind.type().elementSize(memory));
    assertEquals(kind.type(), first.type());
    assertEquals(kind + "* 8", first.toString());
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void cursorsAreNowhereBeforeAndBehind(PrimitiveKind<?> kind) {
    cursorEnds(kind);
  }

  private <P extends TypedPointer<P>> void cursorEnds(PrimitiveKind<P> kind) {
    P p = kind.type().at(memory, 16);
    PointerCursor cursor = kind.cursor(p, 2);
    assertThrows(InvalidAddressException.class, () -> kind.current(cursor));
    assertTrue(cursor.next());
    assertEquals(16, cursor.address());
    assertEquals(memory, cursor.memory());
    assertTrue(cursor.next());
    assertEquals(16 + kind.size(), cursor.address());
    for (int i = 0; i < 3; i++) {
      assertFalse(cursor.next());
      assertThrows(InvalidAddressException.class, () -> kind.current(cursor));
      assertThrows(InvalidAddressException.class, () -> kind.setCurrent(cursor, 1));
    }
    assertFalse(kind.cursor(p.nullPointer(), 0).next());
    assertThrows(InvalidAddressException.class, () -> kind.cursor(p.nullPointer(), 1));
    assertThrows(IllegalArgumentException.class, () -> kind.cursor(p, -1));
    assertThrows(InvalidAddressException.class, () -> kind.cursor(p, Long.MAX_VALUE));
  }

  @Test
  void addingKeepsAllBits() {
    LongPointer longs = new LongPointer(memory, 8);
    longs.set(1, 5_000_000_000L);
    assertEquals(12_000_000_000L, longs.add(1, 7_000_000_000L));
    assertEquals(12_000_000_000L, longs.get(1));
    longs.set(1L << 40);
    assertEquals((1L << 40) + 1, longs.add(1));

    DoublePointer doubles = new DoublePointer(memory, 8);
    doubles.set(1.5);
    assertEquals(1.75, doubles.add(0.25));
    assertEquals(1.75, doubles.get());
    assertEquals(2.5 + 1e300, doubles.add(1, 1e300) + 2.5);

    FloatPointer floats = new FloatPointer(memory, 8);
    floats.set(0.5f);
    assertEquals(0.75f, floats.add(0.25f));
    floats.set(3, 0.5f);
    assertEquals(0.25f, floats.add(3, -0.25f));
  }

  @Test
  void addingWrapsAsCompoundAssignmentDoes() {
    IntPointer ints = new IntPointer(memory, 8);
    ints.set(Integer.MAX_VALUE);
    assertEquals(Integer.MIN_VALUE, ints.add(1));
    ints.set(2, 40);
    assertEquals(42, ints.add(2, 2));
    assertEquals(42, ints.get(2));
    ShortPointer shorts = ints.asShorts();
    shorts.set(Short.MAX_VALUE);
    assertEquals(Short.MIN_VALUE, shorts.add(1));
    assertEquals(Short.MIN_VALUE, shorts.get());
    shorts.set(1, (short) 3);
    assertEquals(1, shorts.add(1, -2));
    CharPointer chars = ints.asChars();
    chars.set('\uffff');
    assertEquals('\0', chars.add(1));
    chars.set(1, 'a');
    assertEquals('c', chars.add(1, 2));
    BytePointer bytes = ints.asBytes();
    bytes.set((byte) 127);
    assertEquals(-128, bytes.add(1));
    bytes.set(1, (byte) 7);
    assertEquals(4, bytes.add(1, -3));
  }

  @Test
  void bulkTransfersUseThePartOfTheArrayThatTheyName() {
    IntPointer p = new IntPointer(memory, 8);
    p.set(0, new int[] {9, 1, 2, 3, 9}, 1, 3);
    int[] target = {7, 7, 7, 7};
    p.get(1, target, 1, 2);
    assertArrayEquals(new int[] {7, 2, 3, 7}, target);
    assertEquals(0, p.get(3));
    assertThrows(IndexOutOfBoundsException.class, () -> p.get(0, target, 3, 2));
    assertThrows(IndexOutOfBoundsException.class, () -> p.set(0, target, -1, 2));
    boolean[] flags = {true, false, true};
    BooleanPointer booleans = p.asBooleans();
    booleans.set(0, flags, 1, 2);
    assertFalse(booleans.get(0));
    assertTrue(booleans.get(1));
    assertThrows(IndexOutOfBoundsException.class, () -> booleans.get(0, flags, 3, 1));
    assertThrows(IndexOutOfBoundsException.class, () -> booleans.set(0, flags, 0, -1));
    byte[] bytes = {1, 2, 3};
    p.asBytes().set(0, bytes, 2, 1);
    assertEquals(3, array[0]);
    assertThrows(IndexOutOfBoundsException.class, () -> p.asBytes().get(0, bytes, 2, 2));
  }

  @Test
  void bitsOfNanAndSignsOfCharsSurvive() {
    FloatPointer floats = new FloatPointer(memory, 8);
    floats.asInts().set(0x7f80_0001);
    floats.set(1, floats.get());
    assertTrue(Float.isNaN(floats.get(1)));
    floats.set(Float.intBitsToFloat(0x7fc0_1234));
    assertEquals(0x7fc0_1234, floats.asInts().get());
    CharPointer chars = floats.asChars();
    chars.set('\uffff');
    assertEquals(0xffff, (int) chars.get());
  }

  private static void put(byte[] model, int at, long bits, int size) {
    for (int i = 0; i < size; i++) {
      model[at + i] = (byte) (bits >>> 8 * i);
    }
  }

  private static long bits(byte[] model, int at, PrimitiveKind<?> kind) {
    long bits = 0;
    for (int i = kind.size() - 1; i >= 0; i--) {
      bits = bits << 8 | Byte.toUnsignedInt(model[at + i]);
    }
    return bits;
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void elementsAreAPointerEach(PrimitiveKind<?> kind) {
    elements(kind);
  }

  private <P extends TypedPointer<P>> void elements(PrimitiveKind<P> kind) {
    P p = kind.type().at(memory, 16);
    Iterable<P> three = p.elements(3);
    for (int pass = 0; pass < 2; pass++) {
      Iterator<P> all = three.iterator();
      for (int i = 0; i < 3; i++) {
        assertTrue(all.hasNext());
        P element = all.next();
        assertEquals(p.plus(i), element);
        assertEquals(kind.type(), element.type());
        long bits = kind.bits(7 * i + 1);
        kind.set(element, 0, bits);
        assertEquals(bits, kind.get(p, i));
      }
      assertFalse(all.hasNext());
      assertThrows(NoSuchElementException.class, all::next);
    }
    assertFalse(p.nullPointer().elements(0).iterator().hasNext());
    assertThrows(InvalidAddressException.class, () -> p.nullPointer().elements(1).iterator());
    assertThrows(IllegalArgumentException.class, () -> p.elements(-1).iterator());
    assertThrows(InvalidAddressException.class, () -> p.elements(Long.MAX_VALUE).iterator());
  }

  @Test
  void moreElementsThanAnIntCanCount() {
    long count = Integer.MAX_VALUE + 3L;
    var p = new BytePointer(memory, 10);
    long address = 10;
    BytePointer.Cursor cursor = p.cursor(count);
    while (cursor.next() && cursor.address() == address) {
      address++;
    }
    assertEquals(10 + count, address);
    address = 10;
    for (BytePointer each : p.elements(count)) {
      if (each.address() != address) {
        break;
      }
      address++;
    }
    assertEquals(10 + count, address);
  }
}
