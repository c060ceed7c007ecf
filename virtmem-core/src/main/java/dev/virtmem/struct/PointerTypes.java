package dev.virtmem.struct;

import dev.virtmem.BooleanPointer;
import dev.virtmem.BytePointer;
import dev.virtmem.CharPointer;
import dev.virtmem.DoublePointer;
import dev.virtmem.FloatPointer;
import dev.virtmem.IntPointer;
import dev.virtmem.LongPointer;
import dev.virtmem.Pointer;
import dev.virtmem.PointerPointer;
import dev.virtmem.PointerType;
import dev.virtmem.RecordPointer;
import dev.virtmem.ShortPointer;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.Map;

/** Finds the {@link PointerType} of a member's declared type. */
final class PointerTypes {
  private static final Map<Class<?>, PointerType<?>> PLAIN =
      Map.of(
          Pointer.class, PointerType.VOID,
          BytePointer.class, PointerType.BYTE,
          BooleanPointer.class, PointerType.BOOLEAN,
          ShortPointer.class, PointerType.SHORT,
          CharPointer.class, PointerType.CHAR,
          IntPointer.class, PointerType.INT,
          LongPointer.class, PointerType.LONG,
          FloatPointer.class, PointerType.FLOAT,
          DoublePointer.class, PointerType.DOUBLE);

  private PointerTypes() {}

  /** Returns what a pointer of the declared type points to. */
  static PointerType<?> of(String member, Type declared) {
    PointerType<?> plain = declared instanceof Class<?> raw ? PLAIN.get(raw) : null;
    if (plain != null) {
      return plain;
    }
    if (declared instanceof ParameterizedType generic) {
      Type argument = generic.getActualTypeArguments()[0];
      if (generic.getRawType() == PointerPointer.class) {
        return PointerType.pointer(of(member, argument));
      }
      Type target = argument instanceof ParameterizedType inner ? inner.getRawType() : argument;
      if (generic.getRawType() == RecordPointer.class
          && target instanceof Class<?> record
          && record.isRecord()) {
        return PointerType.record(record.asSubclass(Record.class));
      }
    }
    throw new IllegalArgumentException(
        "%s: %s does not say what it points to; name it, as in RecordPointer<Node>"
            .formatted(member, declared.getTypeName()));
  }
}
