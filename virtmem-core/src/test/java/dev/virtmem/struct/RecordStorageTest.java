package dev.virtmem.struct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.ArrayMemory;
import dev.virtmem.BytePointer;
import dev.virtmem.IntPointer;
import dev.virtmem.InvalidAddressException;
import dev.virtmem.Memory;
import dev.virtmem.Pointer;
import dev.virtmem.PointerPointer;
import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.struct.Samples.Arrays8;
import dev.virtmem.struct.Samples.Color;
import dev.virtmem.struct.Samples.Line;
import dev.virtmem.struct.Samples.Node;
import dev.virtmem.struct.Samples.Person;
import dev.virtmem.struct.Samples.Point;
import dev.virtmem.struct.Samples.Pointers;
import dev.virtmem.struct.Samples.Primitives;
import dev.virtmem.struct.Samples.Shape;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole records, and the bytes that they are stored as. */
class RecordStorageTest {
  private final byte[] array = new byte[400];
  private final Memory memory = new ArrayMemory(array);

  private <T extends Record> RecordPointer<T> at(long address, Class<T> record) {
    return new Pointer(memory, address).asRecords(record);
  }

  @Test
  void primitivesAreStoredLittleEndian() {
    Random random = new Random(7);
    RecordPointer<Primitives> p = at(9, Primitives.class);
    for (int step = 0; step < 2_000; step++) {
      Primitives value =
          new Primitives(
              (byte) random.nextInt(),
              random.nextBoolean(),
              (short) random.nextInt(),
              (char) random.nextInt(),
              random.nextInt(),
              random.nextLong(),
              random.nextFloat(),
              random.nextDouble());
      ByteBuffer expected = ByteBuffer.allocate(30).order(ByteOrder.LITTLE_ENDIAN);
      expected.put(value.b()).put((byte) (value.z() ? 1 : 0)).putShort(value.s());
      expected.putChar(value.c()).putInt(value.i()).putLong(value.l());
      expected.putFloat(value.f()).putDouble(value.d());
      p.set(value);
      assertArrayEquals(expected.array(), Arrays.copyOfRange(array, 1, 31));
      assertEquals(value, p.get());
      assertEquals(0, array[0]);
      assertEquals(0, array[31]);
    }
  }

  @Test
  void innerRecordsAndEnums() {
    RecordPointer<Line> p = at(8, Line.class);
    Line line = new Line(new Point(1, 2), new Point(3, -4), Color.BLUE);
    p.set(2, line);
    assertEquals(line, p.get(2));
    assertEquals(line, p.plus(2).get());
    assertEquals(2, array[2 * 17 + 16]);
    array[2 * 17 + 16] = 3;
    Exception e = assertThrows(IllegalStateException.class, () -> p.get(2));
    assertEquals("Line.color: ordinal 3 in memory, but Color has 3 constants", e.getMessage());
    array[2 * 17 + 16] = -1;
    e = assertThrows(IllegalStateException.class, () -> p.get(2));
    assertEquals("Line.color: ordinal 255 in memory, but Color has 3 constants", e.getMessage());
  }

  @Test
  void arraysOfPrimitives() {
    RecordPointer<Arrays8> p = at(8, Arrays8.class);
    Arrays8 value =
        new Arrays8(
            new byte[] {1, -1},
            new boolean[] {true, false, true},
            new short[] {2, -2},
            new char[] {'a', '\uffff'},
            new int[] {3, -3},
            new long[] {4, -4},
            new float[] {5, -5},
            new double[] {6, -6});
    p.set(value);
    assertEquals(value, p.get());
    ByteBuffer expected = ByteBuffer.allocate(61).order(ByteOrder.LITTLE_ENDIAN);
    expected.put(new byte[] {1, -1, 1, 0, 1}).putShort((short) 2).putShort((short) -2);
    expected.putChar('a').putChar('\uffff').putInt(3).putInt(-3).putLong(4).putLong(-4);
    expected.putFloat(5).putFloat(-5).putDouble(6).putDouble(-6);
    assertArrayEquals(expected.array(), Arrays.copyOf(array, 61));
    assertEquals(61, p.elementSize());
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"}) // Java has no arrays of a generic type
  void arraysOfRecordsEnumsAndPointers() {
    RecordPointer<Shape> p = at(8, Shape.class);
    Shape shape =
        new Shape(
            Color.GREEN,
            new Point[] {new Point(1, 2), new Point(3, 4), new Point(5, 6)},
            new Color[] {Color.BLUE, Color.RED},
            new RecordPointer[] {p.plus(1), null},
            new int[] {7, 8, 9, 10},
            new Line(new Point(11, 12), new Point(13, 14), Color.RED));
    p.set(shape);
    Shape read = p.get();
    assertArrayEquals(shape.corners(), read.corners());
    assertArrayEquals(shape.fills(), read.fills());
    assertArrayEquals(shape.tags(), read.tags());
    assertEquals(shape.axis(), read.axis());
    assertEquals(p.plus(1), read.children()[0]);
    assertTrue(read.children()[1].isNull());
    Shape wrong =
        new Shape(
            Color.RED, new Point[2], shape.fills(), shape.children(), shape.tags(), shape.axis());
    Exception e = assertThrows(IllegalArgumentException.class, () -> p.set(wrong));
    assertEquals("Shape.corners: must have 3 elements, got 2", e.getMessage());
    Shape holes =
        new Shape(
            Color.RED, new Point[3], shape.fills(), shape.children(), shape.tags(), shape.axis());
    e = assertThrows(IllegalArgumentException.class, () -> p.set(holes));
    assertEquals("Shape.corners: null, and only a pointer may be null", e.getMessage());
  }

  @Test
  void stringsArePaddedAndNeverCut() {
    RecordPointer<Person> p = at(8, Person.class);
    p.set(new Person("12345678", (short) 1));
    p.set(new Person("Grün", (short) -1));
    assertArrayEquals(
        new byte[] {'G', 'r', (byte) 0xc3, (byte) 0xbc, 'n', 0, 0, 0, -1, -1},
        Arrays.copyOf(array, 10));
    for (String name : new String[] {"", "a", "12345678", "Grünes", "\ud83d\ude00\ud83d\ude00"}) {
      Person person = new Person(name, (short) 2);
      p.set(person);
      assertEquals(person, p.get());
    }
    byte[] before = array.clone();
    refused(p, "Grünness", "Person.name: a string of 9 bytes in UTF-8, at most 8 fit");
    refused(p, "a\0b", "Person.name: a zero character at index 1 would end the string");
    refused(
        p, "\ud83d", "Person.name: the string has half of a surrogate pair, which UTF-8 cannot");
    refused(p, null, "Person.name: null, and only a pointer may be null");
    assertArrayEquals(before, array);
  }

  private static void refused(RecordPointer<Person> p, String name, String message) {
    Exception e =
        assertThrows(IllegalArgumentException.class, () -> p.set(new Person(name, (short) 0)));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 8})
  void pointersAreAddressesInTheSameMemory(int width) {
    Memory other = new ArrayMemory(array, width);
    RecordPointer<Pointers> p = new Pointer(other, 8).asRecords(Pointers.class);
    assertEquals(5 * width, p.elementSize());
    Pointers value =
        new Pointers(
            new Pointer(other, 0x101),
            new BytePointer(other, 0x102),
            new IntPointer(other, 0xfffffff0L),
            new Pointer(other, 0x104).asRecords(Point.class),
            new PointerPointer<>(other, 0x105, PointerType.record(Node.class)));
    p.set(value);
    assertEquals(value, p.get());
    assertEquals(1, array[0]);
    assertEquals(1, array[1]);
    assertEquals(2, array[width]);
    assertEquals("Node** 261", p.get().nodes().toString());
    p.set(new Pointers(null, null, null, null, null));
    assertTrue(p.get().any().isNull());
    assertTrue(p.get().point().isNull());
    assertArrayEquals(new byte[5 * width], Arrays.copyOf(array, 5 * width));
    Pointers foreign =
        new Pointers(null, null, new IntPointer(new ArrayMemory(array), 16), null, null);
    Exception e = assertThrows(IllegalArgumentException.class, () -> p.set(foreign));
    assertTrue(
        e.getMessage().startsWith("Pointers.ints: int* 16 points into ArrayMemory"),
        e.getMessage());
  }

  @Test
  void aNegativeAddressInMemoryIsRefused() {
    Memory wide = new ArrayMemory(array, 8);
    RecordPointer<Node> p = new Pointer(wide, 8).asRecords(Node.class);
    wide.setLong(12, -2);
    Exception e = assertThrows(IllegalStateException.class, p::get);
    assertEquals("Node.next: 0xfffffffffffffffe in memory is no address", e.getMessage());
  }

  @Test
  void aListOfRecordsLeadsBackToItsStart() {
    RecordPointer<Node> first = at(8, Node.class);
    for (int i = 0; i < 10; i++) {
      first.set(i, new Node(i * i, first.plus((i + 1) % 10)));
    }
    RecordPointer<Node> p = first;
    for (int i = 0; i < 20; i++) {
      Node node = p.get();
      assertEquals(i % 10 * (i % 10), node.value());
      p = node.next();
    }
    assertEquals(first, p);
  }

  @Test
  void aRecordThatRefusesItsBytesSaysSo() {
    record Even(int value) {
      Even {
        if (value % 2 != 0) {
          throw new IllegalArgumentException("odd: " + value);
        }
      }
    }
    RecordPointer<Even> p = at(8, Even.class);
    p.set(new Even(4));
    assertEquals(4, p.get().value());
    array[0] = 5;
    Exception e = assertThrows(IllegalArgumentException.class, p::get);
    assertEquals("odd: 5", e.getMessage());
    array[0] = 6;
    assertEquals(6, p.get().value());
  }

  @Test
  void recordsOutsideOfTheMemoryAreRefusedWhole() {
    RecordPointer<Line> p = at(memory.end() - 16, Line.class);
    Line line = new Line(new Point(1, 2), new Point(3, 4), Color.BLUE);
    assertThrows(InvalidAddressException.class, () -> p.set(line));
    assertArrayEquals(new byte[400], array);
    assertThrows(InvalidAddressException.class, p::get);
    assertThrows(InvalidAddressException.class, () -> p.nullPointer().get());
    assertThrows(InvalidAddressException.class, () -> p.nullPointer().set(line));
    Line holes = new Line(null, new Point(3, 4), Color.BLUE);
    RecordPointer<Line> inside = at(8, Line.class);
    Exception e = assertThrows(IllegalArgumentException.class, () -> inside.set(holes));
    assertEquals("Line.from: null, and only a pointer may be null", e.getMessage());
    e = assertThrows(IllegalArgumentException.class, () -> inside.set(null));
    assertEquals("Line: null, and only a pointer may be null", e.getMessage());
    assertArrayEquals(new byte[400], array);
  }

  @Test
  void aRecordMayReadAnotherOfItsKindWhileItIsRead() {
    RecordPointer<Outer> p = at(8, Outer.class);
    Outer first = new Outer(new Inner(1), 10);
    p.set(0, first);
    p.set(1, new Outer(new Inner(2), 20));
    Inner.other = p.plus(1);
    try {
      assertEquals(first, p.get());
      assertNull(Inner.other);
    } finally {
      Inner.other = null;
    }
  }

  record Outer(Inner inner, int tail) {}

  record Inner(int value) {
    private static RecordPointer<Outer> other;

    Inner {
      RecordPointer<Outer> next = other;
      other = null;
      if (next != null) {
        assertEquals(20, next.get().tail());
      }
    }
  }
}
