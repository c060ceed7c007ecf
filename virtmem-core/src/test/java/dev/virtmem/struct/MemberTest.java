package dev.virtmem.struct;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.ArrayMemory;
import dev.virtmem.IntPointer;
import dev.virtmem.InvalidAddressException;
import dev.virtmem.Memory;
import dev.virtmem.Pointer;
import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.RecordWalker;
import dev.virtmem.struct.Samples.Arrays8;
import dev.virtmem.struct.Samples.Color;
import dev.virtmem.struct.Samples.Line;
import dev.virtmem.struct.Samples.Node;
import dev.virtmem.struct.Samples.Person;
import dev.virtmem.struct.Samples.Point;
import dev.virtmem.struct.Samples.Primitives;
import dev.virtmem.struct.Samples.Shape;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MemberTest {
  private final byte[] array = new byte[400];
  private final Memory memory = new ArrayMemory(array);

  private <T extends Record> RecordPointer<T> at(long address, Class<T> record) {
    return new Pointer(memory, address).asRecords(record);
  }

  @Test
  void everyPrimitiveMemberByNameAndResolved() {
    RecordPointer<Primitives> p = at(8, Primitives.class).plus(1);
    RecordType<Primitives> type = p.recordType();
    p.set(new Primitives((byte) 1, true, (short) 2, '3', 4, 5, 6, 7));
    assertEquals(1, type.byteMember("b").get(p));
    assertTrue(type.booleanMember("z").get(p));
    assertEquals(2, type.shortMember("s").get(p));
    assertEquals('3', type.charMember("c").get(p));
    assertEquals(4, type.intMember("i").get(p));
    assertEquals(5, type.longMember("l").get(p));
    assertEquals(6, type.floatMember("f").get(p));
    assertEquals(7, type.doubleMember("d").get(p));
    type.byteMember("b").set(p, (byte) -1);
    type.booleanMember("z").set(p, false);
    type.shortMember("s").set(p, (short) -2);
    type.charMember("c").set(p, '\uffff');
    type.intMember("i").set(p, -4);
    type.longMember("l").set(p, -5);
    type.floatMember("f").set(p, -6);
    type.doubleMember("d").set(p, -7);
    Primitives expected = new Primitives((byte) -1, false, (short) -2, '\uffff', -4, -5, -6, -7);
    assertEquals(expected, p.get());
    assertEquals(-1, p.byteMember("b").get());
    assertFalse(p.booleanMember("z").get());
    assertEquals(-2, p.shortMember("s").get());
    assertEquals('\uffff', p.charMember("c").get());
    assertEquals(-4, p.intMember("i").get());
    assertEquals(-5, p.longMember("l").get());
    assertEquals(-6, p.floatMember("f").get());
    assertEquals(-7, p.doubleMember("d").get());
    assertEquals(8 + 30 + 6, p.intMember("i").address());
  }

  @Test
  void elementsOfArraysOfEachPrimitive() {
    RecordPointer<Arrays8> p = at(8, Arrays8.class).plus(1);
    RecordType<Arrays8> type = p.recordType();
    type.byteMember("b").set(p, 1, (byte) 1);
    type.booleanMember("z").set(p, 1, true);
    type.shortMember("s").set(p, 1, (short) 2);
    type.charMember("c").set(p, 1, '3');
    type.intMember("i").set(p, 1, 4);
    type.longMember("l").set(p, 1, 5);
    type.floatMember("f").set(p, 1, 6);
    type.doubleMember("d").set(p, 1, 7);
    Arrays8 expected =
        new Arrays8(
            new byte[] {0, 1},
            new boolean[] {false, true, false},
            new short[] {0, 2},
            new char[] {0, '3'},
            new int[] {0, 4},
            new long[] {0, 5},
            new float[] {0, 6},
            new double[] {0, 7});
    assertEquals(expected, p.get());
    assertEquals(1, type.byteMember("b").get(p, 1));
    assertTrue(type.booleanMember("z").get(p, 1));
    assertEquals(2, type.shortMember("s").get(p, 1));
    assertEquals('3', type.charMember("c").get(p, 1));
    assertEquals(4, type.intMember("i").get(p, 1));
    assertEquals(5, type.longMember("l").get(p, 1));
    assertEquals(6, type.floatMember("f").get(p, 1));
    assertEquals(7, type.doubleMember("d").get(p, 1));
    IntMember<Arrays8> ints = type.intMember("i");
    assertEquals(2, ints.length());
    assertEquals("Arrays8.i", ints.toString());
    for (long bad : new long[] {-1, 2, 1L << 32}) {
      assertThrows(IndexOutOfBoundsException.class, () -> ints.get(p, bad));
      assertThrows(IndexOutOfBoundsException.class, () -> ints.set(p, bad, 1));
    }
    assertEquals(4, ints.of(p).get(1));
    assertEquals(4, type.intMember("i[1]").get(p));
  }

  @Test
  void innerMembersByPath() {
    RecordPointer<Line> lines = at(8, Line.class);
    IntMember<Line> toY = lines.recordType().intMember("to.y");
    assertEquals(12, toY.offset());
    assertEquals("to.y", toY.name());
    assertEquals(1, toY.length());
    RecordPointer<Line> p = lines.plus(3);
    toY.set(p, 42);
    assertEquals(42, memory.getInt(8 + 3 * 17 + 12));
    assertEquals(42, lines.plus(3).recordMember("to", Point.class).intMember("y").get());
    RecordMember<Line, Point> from = lines.recordType().recordMember("from", Point.class);
    from.set(p, new Point(5, 6));
    assertEquals(new Point(5, 6), from.get(p));
    assertEquals(new Line(new Point(5, 6), new Point(0, 42), Color.RED), p.get());
  }

  @Test
  void elementsOfArraysOfRecords() {
    RecordPointer<Shape> p = at(8, Shape.class);
    RecordMember<Shape, Point> corners = p.recordType().recordMember("corners", Point.class);
    corners.set(p, 2, new Point(1, 2));
    assertEquals(new Point(1, 2), corners.get(p, 2));
    assertEquals(new Point(1, 2), corners.of(p).get(2));
    assertEquals(2, p.intMember("corners[2].y").get());
    assertEquals(2, p.recordMember("corners[2]", Point.class).intMember("y").get());
    assertEquals(3, corners.length());
    assertThrows(IndexOutOfBoundsException.class, () -> corners.get(p, 3));
    assertThrows(IndexOutOfBoundsException.class, () -> corners.set(p, -1, new Point(0, 0)));
  }

  @Test
  void pointersAsMembers() {
    RecordPointer<Shape> p = at(8, Shape.class);
    PointerMember<Shape, RecordPointer<Shape>> children =
        p.recordType().pointerMember("children", PointerType.record(Shape.class));
    children.set(p, 1, p.plus(2));
    assertTrue(children.get(p).isNull());
    assertEquals(p.plus(2), children.get(p, 1));
    assertEquals(p.plus(2).address(), children.targetAddress(p, 1));
    assertEquals(0, children.targetAddress(p));
    assertEquals(p.plus(2), children.of(p).get(1));
    children.set(p, p);
    assertEquals(p, p.pointerMember("children", PointerType.record(Shape.class)).get());
    children.set(p, null);
    assertTrue(children.get(p).isNull());
    RecordPointer<Shape> foreign = new Pointer(new ArrayMemory(array), 8).asRecords(Shape.class);
    assertThrows(IllegalArgumentException.class, () -> children.set(p, foreign));
    assertThrows(IndexOutOfBoundsException.class, () -> children.set(p, 2, p));
    assertThrows(IndexOutOfBoundsException.class, () -> children.targetAddress(p, 2));
  }

  @Test
  void anyMemberAsAnObject() {
    RecordPointer<Person> p = at(8, Person.class);
    ValueMember<Person, String> name = p.recordType().member("name", String.class);
    name.set(p, "Ada");
    assertEquals("Ada", name.get(p));
    assertEquals(new Person("Ada", (short) 0), p.get());
    assertThrows(IllegalArgumentException.class, () -> name.set(p, "much too long"));
    assertEquals('A', name.of(p).asBytes().get());
    ValueMember<Person, Short> age = p.recordType().member("age", Short.class);
    age.set(p, (short) 36);
    assertEquals((short) 36, age.get(p));
    assertEquals((short) 36, p.recordType().member("age", Object.class).get(p));
    RecordPointer<Shape> shape = at(50, Shape.class);
    RecordType<Shape> type = shape.recordType();
    type.member("color", Color.class).set(shape, Color.BLUE);
    assertEquals(Color.BLUE, type.member("color", Color.class).get(shape));
    type.member("fills[1]", Color.class).set(shape, Color.GREEN);
    assertArrayEquals(
        new Color[] {Color.RED, Color.GREEN}, type.member("fills", Color[].class).get(shape));
    type.member("tags", int[].class).set(shape, new int[] {1, 2, 3, 4});
    assertArrayEquals(new int[] {1, 2, 3, 4}, shape.get().tags());
    assertEquals(3, type.member("tags[2]", Integer.class).get(shape));
    assertEquals(new Point(0, 0), type.member("axis.to", Point.class).get(shape));
  }

  @Test
  void membersOfNullAreRefused() {
    RecordPointer<Node> nothing = at(0, Node.class);
    IntMember<Node> value = nothing.recordType().intMember("value");
    PointerMember<Node, RecordPointer<Node>> next =
        nothing.recordType().pointerMember("next", PointerType.record(Node.class));
    Exception e = assertThrows(InvalidAddressException.class, () -> value.get(nothing));
    assertEquals("member Node.value of a null pointer", e.getMessage());
    assertThrows(InvalidAddressException.class, () -> value.set(nothing, 1));
    assertThrows(InvalidAddressException.class, () -> value.of(nothing));
    assertThrows(InvalidAddressException.class, () -> next.get(nothing));
    assertThrows(InvalidAddressException.class, () -> nothing.intMember("value"));
    RecordPointer<Node> last = at(memory.end() - 6, Node.class);
    assertEquals(0, value.get(last));
    assertThrows(InvalidAddressException.class, () -> next.get(last));
    RecordPointer<Node> far = at(Long.MAX_VALUE, Node.class);
    assertThrows(InvalidAddressException.class, () -> next.get(far));
  }

  @Test
  void cursorsAndWalkersReachMembersWithoutPointers() {
    RecordPointer<Node> first = at(8, Node.class);
    first.fill(10, i -> new Node((int) i, i == 9 ? null : first.plus(i + 1)));
    IntMember<Node> value = first.recordType().intMember("value");
    PointerMember<Node, RecordPointer<Node>> next =
        first.recordType().pointerMember("next", PointerType.record(Node.class));
    RecordPointer.Cursor<Node> cursor = first.cursor(10);
    assertThrows(InvalidAddressException.class, () -> value.get(cursor));
    for (int i = 0; cursor.next(); i++) {
      assertEquals(i, value.get(cursor));
      value.set(cursor, 2 * i);
      assertEquals(2 * i, cursor.get().value());
    }
    assertThrows(InvalidAddressException.class, () -> value.get(cursor));
    int doubled = 0;
    for (RecordPointer<Node> each : first.elements(10)) {
      assertEquals(first.plus(doubled), each);
      assertEquals(first.recordType(), each.recordType());
      assertEquals(2 * doubled, value.get(each));
      doubled++;
    }
    assertEquals(10, doubled);
    int sum = 0;
    RecordWalker<Node> walker = first.walker();
    for (; !walker.isNull(); walker.follow(next)) {
      assertEquals(walker.pointer().get(), walker.get());
      sum += value.get(walker);
    }
    assertEquals(90, sum);
    assertThrows(InvalidAddressException.class, () -> walker.follow(next));
    assertThrows(InvalidAddressException.class, walker::get);
    walker.moveTo(first.plus(4));
    assertEquals(first.plus(4).address(), walker.address());
    walker.set(new Node(77, null));
    assertEquals(77, value.get(first.plus(4)));
    RecordPointer<Node> foreign = new Pointer(new ArrayMemory(array), 8).asRecords(Node.class);
    assertThrows(IllegalArgumentException.class, () -> walker.moveTo(foreign));
  }

  @Test
  void arraysOfObjectsKeepWhatWasConstructedAndAreDestroyedBackwards() {
    RecordPointer<Person> people = at(8, Person.class);
    people.fill(20, i -> new Person("p" + i, (short) i));
    for (int i = 0; i < 20; i++) {
      assertEquals(new Person("p" + i, (short) i), people.get(i));
    }
    List<Short> seen = new ArrayList<>();
    people.forEach(3, person -> seen.add(person.age()));
    assertEquals(List.of((short) 0, (short) 1, (short) 2), seen);
    seen.clear();
    people.destroy(3, person -> seen.add(person.age()));
    assertEquals(List.of((short) 2, (short) 1, (short) 0), seen);
    assertThrows(IllegalArgumentException.class, () -> people.destroy(-1, person -> {}));
    assertThrows(IllegalArgumentException.class, () -> people.forEach(-1, person -> {}));
    assertThrows(IllegalArgumentException.class, () -> people.fill(-1, i -> null));
  }

  @Test
  void aConstructorThatFailsLeavesTheOnesBeforeWritten() {
    RecordPointer<Point> points = at(8, Point.class);
    assertThrows(
        ArithmeticException.class, () -> points.fill(5, i -> new Point(1, (int) (6 / (3 - i)))));
    assertEquals(new Point(1, 6), points.get(2));
    assertEquals(new Point(0, 0), points.get(3));
    IntPointer y = points.plus(2).intMember("y");
    assertEquals(8, y.add(2));
    assertEquals(new Point(1, 8), points.get(2));
  }
}
