package dev.virtmem.struct;

import dev.virtmem.Memory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/** Stores a record: its members one behind the other, in the order of their declaration. */
final class RecordCodec extends Codec {
  private static final MethodHandle SUM = sum();

  final List<Slot> slots;

  private final String where;
  private final MethodHandle reader;
  private final MethodHandle writer;
  private final MethodHandle genericReader;
  private final MethodHandle genericWriter;

  /**
   * Creates a codec.
   *
   * @param where names the member that is such a record, or the record itself
   * @param constructor the canonical one
   * @param accessors one for each slot
   */
  RecordCodec(
      String where,
      Class<?> type,
      List<Slot> slots,
      MethodHandle constructor,
      List<MethodHandle> accessors) {
    super(type, type.getSimpleName(), slots.getLast().offset() + slots.getLast().codec().size);
    this.where = where;
    this.slots = List.copyOf(slots);
    this.reader = buildReader(constructor);
    this.writer = buildWriter(accessors);
    this.genericReader = reader.asType(READER);
    this.genericWriter = writer.asType(WRITER);
  }

  @Override
  MethodHandle reader() {
    return reader;
  }

  @Override
  Object read(byte[] bytes, int at, Memory memory) {
    return read(genericReader, bytes, at, memory);
  }

  @Override
  void write(byte[] bytes, int at, Memory memory, Object value) {
    if (value == null) {
      throw new IllegalArgumentException(where + ": null, and only a pointer may be null");
    }
    write(genericWriter, bytes, at, memory, value);
  }

  /** Adds the places of all members, also of inner records. */
  void describe(String prefix, int base, List<MemberLayout> into) {
    for (Slot slot : slots) {
      String name = prefix + slot.name();
      int offset = base + slot.offset();
      into.add(new MemberLayout(name, slot.codec().description, offset, slot.codec().size));
      if (slot.codec() instanceof RecordCodec inner) {
        inner.describe(name + ".", offset, into);
      }
    }
  }

  private MethodHandle buildReader(MethodHandle constructor) {
    MethodHandle handle =
        MethodHandles.dropArguments(constructor, slots.size(), READER.parameterList());
    for (int i = slots.size() - 1; i >= 0; i--) {
      Slot slot = slots.get(i);
      handle = MethodHandles.foldArguments(handle, i, shift(slot.codec().reader(), slot.offset()));
    }
    return handle;
  }

  private MethodHandle buildWriter(List<MethodHandle> accessors) {
    MethodHandle handle =
        MethodHandles.empty(
            MethodType.methodType(void.class, byte[].class, int.class, Memory.class, type));
    for (int i = slots.size() - 1; i >= 0; i--) {
      Slot slot = slots.get(i);
      MethodHandle member = shift(slot.codec().writer(), slot.offset());
      handle =
          MethodHandles.foldArguments(
              handle, MethodHandles.filterArguments(member, 3, accessors.get(i)));
    }
    return handle;
  }

  /** Lets a reader or writer work {@code offset} bytes further on. */
  private static MethodHandle shift(MethodHandle handle, int offset) {
    if (offset == 0) {
      return handle;
    }
    return MethodHandles.filterArguments(handle, 1, MethodHandles.insertArguments(SUM, 1, offset));
  }

  private static MethodHandle sum() {
    try {
      return MethodHandles.lookup()
          .findStatic(Integer.class, "sum", MethodType.methodType(int.class, int.class, int.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
