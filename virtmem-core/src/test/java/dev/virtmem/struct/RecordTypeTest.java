package dev.virtmem.struct;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.ArrayMemory;
import dev.virtmem.PointerPointer;
import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.struct.Samples.Line;
import dev.virtmem.struct.Samples.Node;
import dev.virtmem.struct.Samples.Person;
import dev.virtmem.struct.Samples.Point;
import dev.virtmem.struct.Samples.Primitives;
import dev.virtmem.struct.Samples.Shape;
import java.util.List;
import org.junit.jupiter.api.Test;

class RecordTypeTest {
  record Empty() {}

  enum NoConstants {}

  record WithNoConstants(NoConstants none) {}

  record WithObject(Object object) {}

  record WithInteger(Integer integer) {}

  record WithRawString(String name) {}

  record WithRawArray(int[] numbers) {}

  record WithSizedInt(@Size(4) int number) {}

  record WithNoSize(@Size(0) String name) {}

  record WithStrings(@Size(2) String[] names) {}

  record WithArrays(@Size(2) int[][] names) {}

  record Itself(int x, Itself inner) {}

  record Left(Right right) {}

  record Right(@Size(2) Left[] left) {}

  @SuppressWarnings("rawtypes") // a user's mistake
  record WithRawPointer(RecordPointer next) {}

  record WithWildcard(RecordPointer<?> next) {}

  record WithWildcardTwice(PointerPointer<PointerPointer<?>> next) {}

  record TooLarge(@Size(1 << 30) long[] numbers) {}

  record TooLargeTogether(@Size(1 << 30) byte[] a, @Size(1 << 30) byte[] b) {}

  record Generic<V>(int value, RecordPointer<Generic<V>> next) {}

  @Test
  void membersFollowEachOtherWithoutGaps() {
    assertEquals(
        List.of(
            new MemberLayout("b", "byte", 0, 1),
            new MemberLayout("z", "boolean", 1, 1),
            new MemberLayout("s", "short", 2, 2),
            new MemberLayout("c", "char", 4, 2),
            new MemberLayout("i", "int", 6, 4),
            new MemberLayout("l", "long", 10, 8),
            new MemberLayout("f", "float", 18, 4),
            new MemberLayout("d", "double", 22, 8)),
        RecordType.of(Primitives.class, 4).layout());
    assertEquals(30, RecordType.of(Primitives.class, 8).size());
  }

  @Test
  void innerRecordsArraysStringsAndPointersAreDescribed() {
    assertEquals(
        List.of(
            new MemberLayout("color", "enum Color(1)", 0, 1),
            new MemberLayout("corners", "Point[3]", 1, 24),
            new MemberLayout("fills", "enum Color(1)[2]", 25, 2),
            new MemberLayout("children", "Shape*[2]", 27, 16),
            new MemberLayout("tags", "int[4]", 43, 16),
            new MemberLayout("axis", "Line", 59, 17),
            new MemberLayout("axis.from", "Point", 59, 8),
            new MemberLayout("axis.from.x", "int", 59, 4),
            new MemberLayout("axis.from.y", "int", 63, 4),
            new MemberLayout("axis.to", "Point", 67, 8),
            new MemberLayout("axis.to.x", "int", 67, 4),
            new MemberLayout("axis.to.y", "int", 71, 4),
            new MemberLayout("axis.color", "enum Color(1)", 75, 1)),
        RecordType.of(Shape.class, 8).layout());
    assertEquals(76, RecordType.of(Shape.class, 8).size());
    assertEquals(68, RecordType.of(Shape.class, 4).size());
    assertEquals(
        List.of(
            new MemberLayout("name", "String(8)", 0, 8), new MemberLayout("age", "short", 8, 2)),
        RecordType.of(Person.class, 4).layout());
  }

  @Test
  void theTableNamesOffsetsSizesAndTypes() {
    assertEquals(
        """
        Node, 12 bytes
             0      4  int value
             4      8  Node* next
        """
            .replace("\n", System.lineSeparator()),
        RecordType.of(Node.class, 8).toString());
  }

  @Test
  void aTypeIsDerivedOncePerLengthOfPointers() {
    RecordType<Node> type = RecordType.of(Node.class, 4);
    assertSame(type, RecordType.of(Node.class, new ArrayMemory(new byte[1])));
    assertNotSame(type, RecordType.of(Node.class, 8));
    assertEquals(8, type.size());
    assertEquals(4, type.pointerBytes());
    assertEquals(Node.class, type.recordClass());
    Exception e = refused(() -> RecordType.of(Node.class, 6));
    assertEquals("a pointer takes 4 or 8 bytes, got 6", e.getMessage());
  }

  @Test
  void whatCannotBeStoredIsRefusedByName() {
    refused(Empty.class, "Empty: must be a record with at least one member");
    refused(WithObject.class, "WithObject.object: the type java.lang.Object cannot be stored");
    refused(WithInteger.class, "WithInteger.integer: the type java.lang.Integer cannot be stored");
    refused(WithNoConstants.class, "WithNoConstants.none: the type ");
    refused(WithRawString.class, "WithRawString.name: a String or an array needs @Size");
    refused(WithRawArray.class, "WithRawArray.numbers: a String or an array needs @Size");
    refused(
        WithSizedInt.class, "WithSizedInt.number: only a String or an array has a @Size, not int");
    refused(WithNoSize.class, "WithNoSize.name: @Size must be at least 1, got 0");
    refused(WithStrings.class, "WithStrings.names: the type java.lang.String cannot be stored");
    refused(WithArrays.class, "WithArrays.names: the type int[] cannot be stored");
    refused(Itself.class, "Itself.inner: Itself would contain itself; use a RecordPointer<Itself>");
    refused(Left.class, "Right.left: Left would contain itself; use a RecordPointer<Left>");
    refused(WithRawPointer.class, "WithRawPointer.next: dev.virtmem.RecordPointer does not say");
    refused(WithWildcard.class, "WithWildcard.next: dev.virtmem.RecordPointer<?> does not say");
    refused(WithWildcardTwice.class, "WithWildcardTwice.next: ? does not say");
    refused(TooLarge.class, "TooLarge.numbers: 8589934592 bytes, more than 2147483639");
    refused(TooLargeTogether.class, "TooLargeTogether: 2147483648 bytes, more than 2147483639");
  }

  private static void refused(Class<? extends Record> record, String message) {
    Exception e = refused(() -> RecordType.of(record, 4));
    assertTrue(e.getMessage().startsWith(message), e.getMessage());
  }

  private static Exception refused(Runnable action) {
    return assertThrows(IllegalArgumentException.class, action::run);
  }

  @Test
  @SuppressWarnings("rawtypes") // a generic record has one layout whatever its argument
  void genericRecordsPointToThemselves() {
    RecordType<Generic> type = RecordType.of(Generic.class, 4);
    assertEquals("Generic*", type.layout().get(1).type());
    assertEquals(4, type.pointerMember("next", PointerType.record(Generic.class)).offset());
  }

  @Test
  void wrongMembersAreRefusedByName() {
    RecordType<Line> type = RecordType.of(Line.class, 4);
    Exception e = refused(() -> type.intMember("middle"));
    assertEquals("no member \"middle\" in Line; its members are from, to, color", e.getMessage());
    e = refused(() -> type.intMember("from.z"));
    assertEquals("no member \"z\" in Point; its members are x, y", e.getMessage());
    e = refused(() -> type.longMember("from.x"));
    assertEquals("member from.x of Line has the type int, not long", e.getMessage());
    e = refused(() -> type.intMember("from"));
    assertEquals("member from of Line has the type Point, not int", e.getMessage());
    e = refused(() -> type.intMember("color.x"));
    assertEquals("color.x in Line: enum Color(1) has no members", e.getMessage());
    e = refused(() -> type.intMember("from[0]"));
    assertEquals("from[0]: from has the type Point, which is no array", e.getMessage());
    refused(() -> type.intMember(""));
    refused(() -> type.intMember("from."));
    refused(() -> type.recordMember("from", Line.class));
    refused(() -> type.member("color", String.class));
    RecordType<Shape> shape = RecordType.of(Shape.class, 4);
    for (String index : new String[] {"[3]", "[-1]", "[]", "[x]", "[1", "[9999999999]", "[1]]"}) {
      e = refused(() -> shape.recordMember("corners" + index, Point.class));
      assertTrue(e.getMessage().endsWith("the index must be [0] to [2]"), e.getMessage());
    }
    e = refused(() -> shape.pointerMember("children", PointerType.record(Point.class)));
    assertEquals("member children of Shape has the type Shape*[2], not Point*", e.getMessage());
  }

  @Test
  void aTypeOfAnotherLengthOfPointersIsRefused() {
    ArrayMemory memory = new ArrayMemory(new byte[100]);
    RecordType<Node> wide = RecordType.of(Node.class, 8);
    Exception e = refused(() -> new RecordPointer<>(memory, 8, wide));
    assertEquals(
        "Node is laid out for pointers of 8 bytes, the memory has pointers of 4", e.getMessage());
    refused(() -> wide.read(memory, 8));
    refused(() -> wide.write(memory, 8, new Node(1, null)));
    RecordPointer<Node> p = new RecordPointer<>(memory, 8, RecordType.of(Node.class, memory));
    e = refused(() -> wide.intMember("value").get(p));
    assertEquals(
        "Node.value was resolved for pointers of 8 bytes, the memory has pointers of 4",
        e.getMessage());
  }
}
