package dev.virtmem.struct;

import dev.virtmem.Memory;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Map;

/** Stores a primitive: little-endian, a boolean as one byte, 0 or 1. */
final class PrimitiveCodec extends Codec {
  private static final Map<Class<?>, PrimitiveCodec> ALL =
      Map.of(
          byte.class,
          new PrimitiveCodec(
              byte.class,
              ValueLayout.JAVA_BYTE,
              MethodHandles.arrayElementGetter(byte[].class),
              MethodHandles.arrayElementSetter(byte[].class)),
          boolean.class,
          new PrimitiveCodec(
              boolean.class,
              ValueLayout.JAVA_BOOLEAN,
              find("getBoolean", MethodType.methodType(boolean.class, byte[].class, int.class)),
              find(
                  "setBoolean",
                  MethodType.methodType(void.class, byte[].class, int.class, boolean.class))),
          short.class,
          number(short.class, ValueLayout.JAVA_SHORT_UNALIGNED),
          char.class,
          number(char.class, ValueLayout.JAVA_CHAR_UNALIGNED),
          int.class,
          number(int.class, ValueLayout.JAVA_INT_UNALIGNED),
          long.class,
          number(long.class, ValueLayout.JAVA_LONG_UNALIGNED),
          float.class,
          number(float.class, ValueLayout.JAVA_FLOAT_UNALIGNED),
          double.class,
          number(double.class, ValueLayout.JAVA_DOUBLE_UNALIGNED));

  /** Of the stored number. */
  final ValueLayout layout;

  private final MethodHandle reader;
  private final MethodHandle writer;
  private final MethodHandle boxedReader;
  private final MethodHandle boxedWriter;

  private PrimitiveCodec(
      Class<?> type, ValueLayout layout, MethodHandle getter, MethodHandle setter) {
    super(type, type.getName(), (int) layout.byteSize());
    this.layout = layout;
    this.reader = MethodHandles.dropArguments(getter, 2, Memory.class);
    this.writer = MethodHandles.dropArguments(setter, 2, Memory.class);
    this.boxedReader = reader.asType(READER);
    this.boxedWriter = writer.asType(WRITER);
  }

  /** Returns the codec of a primitive type. */
  static PrimitiveCodec of(Class<?> type) {
    return ALL.get(type);
  }

  @Override
  MethodHandle reader() {
    return reader;
  }

  @Override
  MethodHandle writer() {
    return writer;
  }

  @Override
  Object read(byte[] bytes, int at, Memory memory) {
    return read(boxedReader, bytes, at, memory);
  }

  @Override
  void write(byte[] bytes, int at, Memory memory, Object value) {
    write(boxedWriter, bytes, at, memory, value);
  }

  private static PrimitiveCodec number(Class<?> type, ValueLayout layout) {
    VarHandle view =
        MethodHandles.byteArrayViewVarHandle(type.arrayType(), ByteOrder.LITTLE_ENDIAN);
    return new PrimitiveCodec(
        type,
        layout.withOrder(ByteOrder.LITTLE_ENDIAN),
        view.toMethodHandle(VarHandle.AccessMode.GET),
        view.toMethodHandle(VarHandle.AccessMode.SET));
  }

  private static boolean getBoolean(byte[] bytes, int at) {
    return bytes[at] != 0;
  }

  private static void setBoolean(byte[] bytes, int at, boolean value) {
    bytes[at] = (byte) (value ? 1 : 0);
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      return MethodHandles.lookup().findStatic(PrimitiveCodec.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
