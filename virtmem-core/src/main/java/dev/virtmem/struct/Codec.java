package dev.virtmem.struct;

import dev.virtmem.Memory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.UndeclaredThrowableException;

/**
 * How one kind of member is stored: in {@link #size} bytes of an array that holds the record.
 *
 * <p>{@link #reader()} and {@link #writer()} are the same as {@link #read} and {@link #write}, with
 * the member's own type instead of {@code Object}; a record is read by one handle that is built
 * from those of its members, and so without boxing.
 */
abstract class Codec {
  static final MethodType READER =
      MethodType.methodType(Object.class, byte[].class, int.class, Memory.class);
  static final MethodType WRITER =
      MethodType.methodType(void.class, byte[].class, int.class, Memory.class, Object.class);

  private static final MethodHandle READ = find("read", READER);
  private static final MethodHandle WRITE = find("write", WRITER);

  /** The member's type in Java. */
  final Class<?> type;

  /** As in {@link MemberLayout#type()}. */
  final String description;

  /** Bytes. */
  final int size;

  Codec(Class<?> type, String description, int size) {
    this.type = type;
    this.description = description;
    this.size = size;
  }

  /** Reads a value from {@code bytes[at...]}; pointers point into {@code memory}. */
  abstract Object read(byte[] bytes, int at, Memory memory);

  /** Writes a value to {@code bytes[at...]}; pointers have to point into {@code memory}. */
  abstract void write(byte[] bytes, int at, Memory memory, Object value);

  /** Returns (byte[] bytes, int at, Memory memory) -> type. */
  MethodHandle reader() {
    return READ.bindTo(this).asType(READER.changeReturnType(type));
  }

  /** Returns (byte[] bytes, int at, Memory memory, type value) -> void. */
  MethodHandle writer() {
    return WRITE.bindTo(this).asType(WRITER.changeParameterType(3, type));
  }

  /** Calls a {@link #reader()} that was made generic. */
  static Object read(MethodHandle reader, byte[] bytes, int at, Memory memory) {
    try {
      return reader.invokeExact(bytes, at, memory);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new UndeclaredThrowableException(e);
    }
  }

  /** Calls a {@link #writer()} that was made generic. */
  static void write(MethodHandle writer, byte[] bytes, int at, Memory memory, Object value) {
    try {
      writer.invokeExact(bytes, at, memory, value);
    } catch (RuntimeException | Error e) {
      throw e;
    } catch (Throwable e) {
      throw new UndeclaredThrowableException(e);
    }
  }

  private static MethodHandle find(String name, MethodType type) {
    try {
      return MethodHandles.lookup().findVirtual(Codec.class, name, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}
