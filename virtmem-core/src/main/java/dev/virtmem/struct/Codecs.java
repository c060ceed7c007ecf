package dev.virtmem.struct;

import dev.virtmem.Pointer;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.GenericArrayType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** Finds out by reflection how a record class is stored. */
final class Codecs {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();

  private final int pointerBytes;

  /** The records whose members are being looked at: none of them may be met again. */
  private final Deque<Class<?>> enclosing = new ArrayDeque<>();

  Codecs(int pointerBytes) {
    this.pointerBytes = pointerBytes;
  }

  /** Returns the codec of a record class; {@code where} says whose it is in messages. */
  RecordCodec ofRecord(String where, Class<?> type) {
    RecordComponent[] components = type.getRecordComponents();
    if (components == null || components.length == 0) {
      throw new IllegalArgumentException(where + ": must be a record with at least one member");
    }
    if (enclosing.contains(type)) {
      throw new IllegalArgumentException(
          "%s: %s would contain itself; use a RecordPointer<%s>"
              .formatted(where, type.getSimpleName(), type.getSimpleName()));
    }
    enclosing.push(type);
    List<Slot> slots = new ArrayList<>();
    List<MethodHandle> accessors = new ArrayList<>();
    int offset = 0;
    for (RecordComponent component : components) {
      Codec codec = ofComponent(component);
      slots.add(new Slot(component.getName(), codec, offset));
      accessors.add(accessor(component));
      offset = ArrayCodec.size(where, (long) offset + codec.size);
    }
    enclosing.pop();
    return new RecordCodec(where, type, slots, constructor(type, components), accessors);
  }

  private Codec ofComponent(RecordComponent component) {
    String member = component.getDeclaringRecord().getSimpleName() + "." + component.getName();
    Class<?> raw = component.getType();
    Size size = component.getAnnotation(Size.class);
    boolean sized = raw == String.class || raw.isArray();
    if (sized != (size != null)) {
      throw new IllegalArgumentException(
          member
              + (sized
                  ? ": a String or an array needs @Size"
                  : ": only a String or an array has a @Size, not " + raw.getSimpleName()));
    }
    if (sized && size.value() < 1) {
      throw new IllegalArgumentException(
          member + ": @Size must be at least 1, got " + size.value());
    }
    if (raw == String.class) {
      return new StringCodec(member, size.value());
    }
    if (raw.isArray()) {
      Type generic = component.getGenericType();
      Type element =
          generic instanceof GenericArrayType array
              ? array.getGenericComponentType()
              : raw.componentType();
      return new ArrayCodec(member, ofSimple(member, raw.componentType(), element), size.value());
    }
    return ofSimple(member, raw, component.getGenericType());
  }

  private Codec ofSimple(String member, Class<?> raw, Type generic) {
    if (raw.isPrimitive()) {
      return PrimitiveCodec.of(raw);
    }
    if (raw.isEnum() && raw.getEnumConstants().length > 0) {
      return new EnumCodec(member, raw);
    }
    if (raw.isRecord()) {
      return ofRecord(member, raw);
    }
    if (Pointer.class.isAssignableFrom(raw)) {
      return new PointerCodec(member, raw, PointerTypes.of(member, generic), pointerBytes);
    }
    throw new IllegalArgumentException(
        "%s: the type %s cannot be stored; a member is a primitive, an enum with constants, a record, a"
                .formatted(member, generic.getTypeName())
            + " pointer, a String with @Size, or an array of one of the first four with @Size");
  }

  private static MethodHandle constructor(Class<?> type, RecordComponent[] components) {
    Class<?>[] parameters =
        Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
    try {
      Constructor<?> constructor = type.getDeclaredConstructor(parameters);
      open(type, constructor);
      return LOOKUP.unreflectConstructor(constructor);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot construct " + type.getName(), e);
    }
  }

  private static MethodHandle accessor(RecordComponent component) {
    try {
      open(component.getDeclaringRecord(), component.getAccessor());
      return LOOKUP.unreflect(component.getAccessor());
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException("cannot read " + component, e);
    }
  }

  private static void open(Class<?> type, AccessibleObject member) {
    if (!member.trySetAccessible()) {
      throw new IllegalArgumentException(
          "%s is not accessible: make it public and export its package, or open"
                  .formatted(type.getName())
              + " package %s to %s".formatted(type.getPackageName(), Codecs.class.getModule()));
    }
  }
}
