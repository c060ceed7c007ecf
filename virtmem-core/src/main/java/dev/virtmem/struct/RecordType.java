package dev.virtmem.struct;

import dev.virtmem.InvalidAddressException;
import dev.virtmem.Memory;
import dev.virtmem.Pointer;
import dev.virtmem.PointerType;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.List;

/**
 * How a record class is laid out in memory, derived from its declaration:
 *
 * <pre>{@code
 * record Point(int x, int y) {}
 * record Node(Point at, @Size(12) String name, Color color, RecordPointer<Node> next) {}
 * }</pre>
 *
 * <p>The members lie one behind the other in the order of their declaration, without gaps;
 * everything is little-endian. Members may be
 *
 * <ul>
 *   <li>primitives; a boolean takes one byte, 0 or 1;
 *   <li>enums: the ordinal, in 1 byte up to 256 constants, else 2;
 *   <li>strings with {@link Size}: UTF-8, followed by zeros up to that number of bytes. Writing
 *       refuses a string that is too long or has a zero character or half of a surrogate pair;
 *       reading replaces malformed bytes by U+FFFD, as {@link String} does;
 *   <li>other records, but not the record itself;
 *   <li>pointers: the address in 4 or 8 bytes, as {@link Memory#pointerBytes()} says, into the
 *       memory that holds the record; 0 is null. A {@code null} may be written, and is read back as
 *       a null pointer;
 *   <li>arrays of primitives, enums, records and pointers with {@link Size}, of exactly that
 *       length.
 * </ul>
 *
 * <p>A member of an inner record is named by a path, such as {@code at.x}, an element of an array
 * by {@code corners[2]}. Immutable; any thread may use it. Each type keeps one buffer of the
 * record's size.
 *
 * @param <T> the record
 */
public final class RecordType<T extends Record> {
  private static final ClassValue<RecordType<?>> NARROW = cache(4);
  private static final ClassValue<RecordType<?>> WIDE = cache(8);

  private final Class<T> recordClass;
  private final int pointerBytes;
  private final RecordCodec codec;
  private final RecordBuffers buffers;

  private RecordType(Class<T> recordClass, int pointerBytes) {
    this.recordClass = recordClass;
    this.pointerBytes = pointerBytes;
    this.codec = new Codecs(pointerBytes).ofRecord(recordClass.getSimpleName(), recordClass);
    this.buffers = new RecordBuffers(codec.size);
  }

  /**
   * Returns the layout of a record class in a memory.
   *
   * @param <T> the record
   * @param record its class
   * @param memory says how long a pointer is
   * @return the layout, always the same object for the same class and length of pointers
   * @throws IllegalArgumentException if the record has a member that cannot be stored, or is not
   *     accessible
   */
  public static <T extends Record> RecordType<T> of(Class<T> record, Memory memory) {
    return of(record, memory.pointerBytes());
  }

  /**
   * Returns the layout of a record class.
   *
   * @param <T> the record
   * @param record its class
   * @param pointerBytes bytes of a stored pointer, 4 or 8
   * @return the layout, always the same object for the same class and length of pointers
   * @throws IllegalArgumentException if the record has a member that cannot be stored, or is not
   *     accessible, or {@code pointerBytes} is another number
   */
  @SuppressWarnings("unchecked") // the caches map a class to its own type
  public static <T extends Record> RecordType<T> of(Class<T> record, int pointerBytes) {
    return (RecordType<T>)
        switch (pointerBytes) {
          case 4 -> NARROW.get(record);
          case 8 -> WIDE.get(record);
          default ->
              throw new IllegalArgumentException(
                  "a pointer takes 4 or 8 bytes, got " + pointerBytes);
        };
  }

  /**
   * Returns the record class.
   *
   * @return the class
   */
  public Class<T> recordClass() {
    return recordClass;
  }

  /**
   * Returns how long a stored pointer is.
   *
   * @return 4 or 8 bytes
   */
  public int pointerBytes() {
    return pointerBytes;
  }

  /**
   * Returns the size of a record.
   *
   * @return bytes, at least 1
   */
  public int size() {
    return codec.size;
  }

  /**
   * Describes where each member lies. A member that is a record is followed by its own members.
   *
   * @return the members in the order of their declaration
   */
  public List<MemberLayout> layout() {
    List<MemberLayout> members = new ArrayList<>();
    codec.describe("", 0, members);
    return List.copyOf(members);
  }

  /**
   * Reads a record in one access.
   *
   * @param memory holds it
   * @param address where it starts
   * @return the record
   * @throws InvalidAddressException if a byte of it lies outside of the memory
   * @throws IllegalStateException if the bytes are no such record: an enum's ordinal is too large
   * @throws IllegalArgumentException if the memory's pointers have another length
   */
  public T read(Memory memory, long address) {
    checkFits(memory);
    RecordBuffers.Buffer buffer = buffers.take();
    memory.read(address, buffer.segment());
    T value = recordClass.cast(codec.read(buffer.bytes(), 0, memory));
    buffers.give(buffer);
    return value;
  }

  /**
   * Writes a record in one access; nothing is written if it does not fit.
   *
   * @param memory is to hold it
   * @param address where it starts
   * @param value the record
   * @throws InvalidAddressException if a byte of it lies outside of the memory
   * @throws IllegalArgumentException if a string is too long, an array has another length, a member
   *     other than a pointer is {@code null}, a pointer points into another memory, or the memory's
   *     pointers have another length
   */
  public void write(Memory memory, long address, T value) {
    checkFits(memory);
    RecordBuffers.Buffer buffer = buffers.take();
    codec.write(buffer.bytes(), 0, memory, value);
    memory.write(address, buffer.segment());
    buffers.give(buffer);
  }

  /**
   * Checks that records of this layout can be stored in a memory.
   *
   * @param memory the memory
   * @throws IllegalArgumentException if its pointers have another length
   */
  public void checkFits(Memory memory) {
    if (memory.pointerBytes() != pointerBytes) {
      throw new IllegalArgumentException(
          "%s is laid out for pointers of %d bytes, the memory has pointers of %d"
              .formatted(recordClass.getSimpleName(), pointerBytes, memory.pointerBytes()));
    }
  }

  /**
   * Resolves a {@code byte} member, or an array of them.
   *
   * @param path the member
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public ByteMember<T> byteMember(String path) {
    return new ByteMember<>(this, primitive(path, byte.class));
  }

  /**
   * Resolves a {@code boolean} member, or an array of them.
   *
   * @param path the member
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public BooleanMember<T> booleanMember(String path) {
    return new BooleanMember<>(this, primitive(path, boolean.class));
  }

  /**
   * Resolves a {@code short} member, or an array of them.
   *
   * @param path the member
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public ShortMember<T> shortMember(String path) {
    return new ShortMember<>(this, primitive(path, short.class));
  }

  /**
   * Resolves a {@code char} member, or an array of them.
   *
   * @param path the member
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public CharMember<T> charMember(String path) {
    return new CharMember<>(this, primitive(path, char.class));
  }

  /**
   * Resolves an {@code int} member, or an array of them.
   *
   * @param path the member
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public IntMember<T> intMember(String path) {
    return new IntMember<>(this, primitive(path, int.class));
  }

  /**
   * Resolves a {@code long} member, or an array of them.
   *
   * @param path the member
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public LongMember<T> longMember(String path) {
    return new LongMember<>(this, primitive(path, long.class));
  }

  /**
   * Resolves a {@code float} member, or an array of them.
   *
   * @param path the member
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public FloatMember<T> floatMember(String path) {
    return new FloatMember<>(this, primitive(path, float.class));
  }

  /**
   * Resolves a {@code double} member, or an array of them.
   *
   * @param path the member
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public DoubleMember<T> doubleMember(String path) {
    return new DoubleMember<>(this, primitive(path, double.class));
  }

  /**
   * Resolves a member that is a record, or an array of them.
   *
   * @param <R> the inner record
   * @param path the member
   * @param record the inner record's class
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public <R extends Record> RecordMember<T, R> recordMember(String path, Class<R> record) {
    Slot slot = find(path);
    check(slot, slot.element().type == record, record.getSimpleName());
    return new RecordMember<>(this, slot, record);
  }

  /**
   * Resolves a member that is a pointer, or an array of them.
   *
   * @param <P> the class of the stored pointer
   * @param path the member
   * @param target what the stored pointer points to
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public <P extends Pointer> PointerMember<T, P> pointerMember(String path, PointerType<P> target) {
    Slot slot = find(path);
    boolean matches =
        slot.element() instanceof PointerCodec pointer && pointer.target.equals(target);
    check(slot, matches, target + "*");
    return new PointerMember<>(this, slot, target);
  }

  /**
   * Resolves a member of any kind as an object.
   *
   * @param <V> the member's class
   * @param path the member
   * @param type the member's class, such as {@code String.class}, {@code Integer.class} or {@code
   *     int[].class}, or a class above it
   * @return the member
   * @throws IllegalArgumentException if there is no such member
   */
  public <V> ValueMember<T, V> member(String path, Class<V> type) {
    Slot slot = find(path);
    Class<?> actual = MethodType.methodType(slot.codec().type).wrap().returnType();
    check(slot, type.isAssignableFrom(actual), type.getSimpleName());
    return new ValueMember<>(this, slot, type);
  }

  /**
   * Returns the layout as a table.
   *
   * @return a line for the record, and one for each member with its offset, size, type and name
   */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    text.append("%s, %d bytes%n".formatted(recordClass.getSimpleName(), codec.size));
    for (MemberLayout member : layout()) {
      text.append(
          "%6d %6d  %s %s%n"
              .formatted(member.offset(), member.size(), member.type(), member.name()));
    }
    return text.toString();
  }

  private Slot primitive(String path, Class<?> type) {
    Slot slot = find(path);
    check(slot, slot.element().type == type, type.getName());
    return slot;
  }

  private Slot find(String path) {
    return MemberPath.find(codec, path);
  }

  private void check(Slot slot, boolean matches, String wanted) {
    if (!matches) {
      throw new IllegalArgumentException(
          "member %s of %s has the type %s, not %s"
              .formatted(slot.name(), codec.description, slot.codec().description, wanted));
    }
  }

  private static ClassValue<RecordType<?>> cache(int pointerBytes) {
    return new ClassValue<>() {
      @Override
      protected RecordType<?> computeValue(Class<?> type) {
        return new RecordType<>(type.asSubclass(Record.class), pointerBytes);
      }
    };
  }
}
