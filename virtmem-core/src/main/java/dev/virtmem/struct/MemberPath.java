package dev.virtmem.struct;

import java.util.stream.Collectors;

/** Finds a member by a path such as {@code origin.x} or {@code corners[2].x}. */
final class MemberPath {
  private MemberPath() {}

  /** Returns the member, in its place in the outermost record. */
  static Slot find(RecordCodec record, String path) {
    Codec codec = record;
    int offset = 0;
    for (String part : path.split("\\.", -1)) {
      if (!(codec instanceof RecordCodec outer)) {
        throw new IllegalArgumentException(
            "%s in %s: %s has no members".formatted(path, record.description, codec.description));
      }
      int bracket = part.indexOf('[');
      Slot slot = member(outer, bracket < 0 ? part : part.substring(0, bracket));
      codec = slot.codec();
      offset += slot.offset();
      if (bracket >= 0) {
        int index = index(part.substring(bracket), slot, path);
        codec = slot.element();
        offset += index * codec.size;
      }
    }
    return new Slot(path, codec, offset);
  }

  private static Slot member(RecordCodec record, String name) {
    for (Slot slot : record.slots) {
      if (slot.name().equals(name)) {
        return slot;
      }
    }
    throw new IllegalArgumentException(
        "no member \"%s\" in %s; its members are %s"
            .formatted(
                name,
                record.description,
                record.slots.stream().map(Slot::name).collect(Collectors.joining(", "))));
  }

  private static int index(String brackets, Slot slot, String path) {
    if (!(slot.codec() instanceof ArrayCodec array)) {
      throw new IllegalArgumentException(
          "%s: %s has the type %s, which is no array"
              .formatted(path, slot.name(), slot.codec().description));
    }
    if (!brackets.matches("\\[\\d{1,9}]") || parse(brackets) >= array.count) {
      throw new IllegalArgumentException(
          "%s: the index must be [0] to [%d]".formatted(path, array.count - 1));
    }
    return parse(brackets);
  }

  private static int parse(String brackets) {
    return Integer.parseInt(brackets.substring(1, brackets.length() - 1));
  }
}
