package dev.virtmem;

import java.util.stream.Stream;

/** Lets a test treat all kinds of pointers alike: a value is a long of its bits. */
abstract class PrimitiveKind<P extends TypedPointer<P>> {
  private final PointerType<P> type;
  private final int size;

  private PrimitiveKind(PointerType<P> type, int size) {
    this.type = type;
    this.size = size;
  }

  PointerType<P> type() {
    return type;
  }

  int size() {
    return size;
  }

  /** Makes bits of a value of this kind, no NaN, of random bits. */
  long bits(long random) {
    return size == 8 ? random & ~(1L << 62) : random & ~(1L << 8 * size - 2) & (1L << 8 * size) - 1;
  }

  abstract long get(P p, long index);

  abstract void set(P p, long index, long bits);

  abstract void getAll(P p, long index, long[] bits);

  abstract void setAll(P p, long index, long[] bits);

  abstract PointerCursor cursor(P p, long count);

  abstract long current(PointerCursor cursor);

  abstract void setCurrent(PointerCursor cursor, long bits);

  @Override
  public String toString() {
    return type.toString();
  }

  static Stream<PrimitiveKind<?>> all() {
    return Stream.of(
        new Bytes(),
        new Booleans(),
        new Shorts(),
        new Chars(),
        new Ints(),
        new Longs(),
        new Floats(),
        new Doubles());
  }

  private static final class Bytes extends PrimitiveKind<BytePointer> {
    Bytes() {
      super(PointerType.BYTE, 1);
    }

    @Override
    long get(BytePointer p, long index) {
      return p.get(index) & 0xffL;
    }

    @Override
    void set(BytePointer p, long index, long bits) {
      p.set(index, (byte) bits);
    }

    @Override
    void getAll(BytePointer p, long index, long[] bits) {
      byte[] values = new byte[bits.length + 2];
      p.get(index, values, 1, bits.length);
      for (int i = 0; i < bits.length; i++) {
        bits[i] = values[i + 1] & 0xffL;
      }
    }

    @Override
    void setAll(BytePointer p, long index, long[] bits) {
      byte[] values = new byte[bits.length + 2];
      for (int i = 0; i < bits.length; i++) {
        values[i + 1] = (byte) bits[i];
      }
      p.set(index, values, 1, bits.length);
    }

    @Override
    PointerCursor cursor(BytePointer p, long count) {
      return p.cursor(count);
    }

    @Override
    long current(PointerCursor cursor) {
      byte value = ((BytePointer.Cursor) cursor).get();
      return value & 0xffL;
    }

    @Override
    void setCurrent(PointerCursor cursor, long bits) {
      ((BytePointer.Cursor) cursor).set((byte) bits);
    }
  }

  private static final class Booleans extends PrimitiveKind<BooleanPointer> {
    Booleans() {
      super(PointerType.BOOLEAN, 1);
    }

    @Override
    long bits(long random) {
      return random & 1;
    }

    @Override
    long get(BooleanPointer p, long index) {
      return p.get(index) ? 1L : 0L;
    }

    @Override
    void set(BooleanPointer p, long index, long bits) {
      p.set(index, bits != 0);
    }

    @Override
    void getAll(BooleanPointer p, long index, long[] bits) {
      boolean[] values = new boolean[bits.length + 2];
      p.get(index, values, 1, bits.length);
      for (int i = 0; i < bits.length; i++) {
        bits[i] = values[i + 1] ? 1L : 0L;
      }
    }

    @Override
    void setAll(BooleanPointer p, long index, long[] bits) {
      boolean[] values = new boolean[bits.length + 2];
      for (int i = 0; i < bits.length; i++) {
        values[i + 1] = bits[i] != 0;
      }
      p.set(index, values, 1, bits.length);
    }

    @Override
    PointerCursor cursor(BooleanPointer p, long count) {
      return p.cursor(count);
    }

    @Override
    long current(PointerCursor cursor) {
      boolean value = ((BooleanPointer.Cursor) cursor).get();
      return value ? 1L : 0L;
    }

    @Override
    void setCurrent(PointerCursor cursor, long bits) {
      ((BooleanPointer.Cursor) cursor).set(bits != 0);
    }
  }

  private static final class Shorts extends PrimitiveKind<ShortPointer> {
    Shorts() {
      super(PointerType.SHORT, 2);
    }

    @Override
    long get(ShortPointer p, long index) {
      return p.get(index) & 0xffffL;
    }

    @Override
    void set(ShortPointer p, long index, long bits) {
      p.set(index, (short) bits);
    }

    @Override
    void getAll(ShortPointer p, long index, long[] bits) {
      short[] values = new short[bits.length + 2];
      p.get(index, values, 1, bits.length);
      for (int i = 0; i < bits.length; i++) {
        bits[i] = values[i + 1] & 0xffffL;
      }
    }

    @Override
    void setAll(ShortPointer p, long index, long[] bits) {
      short[] values = new short[bits.length + 2];
      for (int i = 0; i < bits.length; i++) {
        values[i + 1] = (short) bits[i];
      }
      p.set(index, values, 1, bits.length);
    }

    @Override
    PointerCursor cursor(ShortPointer p, long count) {
      return p.cursor(count);
    }

    @Override
    long current(PointerCursor cursor) {
      short value = ((ShortPointer.Cursor) cursor).get();
      return value & 0xffffL;
    }

    @Override
    void setCurrent(PointerCursor cursor, long bits) {
      ((ShortPointer.Cursor) cursor).set((short) bits);
    }
  }

  private static final class Chars extends PrimitiveKind<CharPointer> {
    Chars() {
      super(PointerType.CHAR, 2);
    }

    @Override
    long get(CharPointer p, long index) {
      return (long) p.get(index);
    }

    @Override
    void set(CharPointer p, long index, long bits) {
      p.set(index, (char) bits);
    }

    @Override
    void getAll(CharPointer p, long index, long[] bits) {
      char[] values = new char[bits.length + 2];
      p.get(index, values, 1, bits.length);
      for (int i = 0; i < bits.length; i++) {
        bits[i] = (long) values[i + 1];
      }
    }

    @Override
    void setAll(CharPointer p, long index, long[] bits) {
      char[] values = new char[bits.length + 2];
      for (int i = 0; i < bits.length; i++) {
        values[i + 1] = (char) bits[i];
      }
      p.set(index, values, 1, bits.length);
    }

    @Override
    PointerCursor cursor(CharPointer p, long count) {
      return p.cursor(count);
    }

    @Override
    long current(PointerCursor cursor) {
      char value = ((CharPointer.Cursor) cursor).get();
      return (long) value;
    }

    @Override
    void setCurrent(PointerCursor cursor, long bits) {
      ((CharPointer.Cursor) cursor).set((char) bits);
    }
  }

  private static final class Ints extends PrimitiveKind<IntPointer> {
    Ints() {
      super(PointerType.INT, 4);
    }

    @Override
    long get(IntPointer p, long index) {
      return p.get(index) & 0xffff_ffffL;
    }

    @Override
    void set(IntPointer p, long index, long bits) {
      p.set(index, (int) bits);
    }

    @Override
    void getAll(IntPointer p, long index, long[] bits) {
      int[] values = new int[bits.length + 2];
      p.get(index, values, 1, bits.length);
      for (int i = 0; i < bits.length; i++) {
        bits[i] = values[i + 1] & 0xffff_ffffL;
      }
    }

    @Override
    void setAll(IntPointer p, long index, long[] bits) {
      int[] values = new int[bits.length + 2];
      for (int i = 0; i < bits.length; i++) {
        values[i + 1] = (int) bits[i];
      }
      p.set(index, values, 1, bits.length);
    }

    @Override
    PointerCursor cursor(IntPointer p, long count) {
      return p.cursor(count);
    }

    @Override
    long current(PointerCursor cursor) {
      int value = ((IntPointer.Cursor) cursor).get();
      return value & 0xffff_ffffL;
    }

    @Override
    void setCurrent(PointerCursor cursor, long bits) {
      ((IntPointer.Cursor) cursor).set((int) bits);
    }
  }

  private static final class Longs extends PrimitiveKind<LongPointer> {
    Longs() {
      super(PointerType.LONG, 8);
    }

    @Override
    long get(LongPointer p, long index) {
      return p.get(index);
    }

    @Override
    void set(LongPointer p, long index, long bits) {
      p.set(index, bits);
    }

    @Override
    void getAll(LongPointer p, long index, long[] bits) {
      long[] values = new long[bits.length + 2];
      p.get(index, values, 1, bits.length);
      for (int i = 0; i < bits.length; i++) {
        bits[i] = values[i + 1];
      }
    }

    @Override
    void setAll(LongPointer p, long index, long[] bits) {
      long[] values = new long[bits.length + 2];
      for (int i = 0; i < bits.length; i++) {
        values[i + 1] = bits[i];
      }
      p.set(index, values, 1, bits.length);
    }

    @Override
    PointerCursor cursor(LongPointer p, long count) {
      return p.cursor(count);
    }

    @Override
    long current(PointerCursor cursor) {
      long value = ((LongPointer.Cursor) cursor).get();
      return value;
    }

    @Override
    void setCurrent(PointerCursor cursor, long bits) {
      ((LongPointer.Cursor) cursor).set(bits);
    }
  }

  private static final class Floats extends PrimitiveKind<FloatPointer> {
    Floats() {
      super(PointerType.FLOAT, 4);
    }

    @Override
    long get(FloatPointer p, long index) {
      return Float.floatToRawIntBits(p.get(index)) & 0xffff_ffffL;
    }

    @Override
    void set(FloatPointer p, long index, long bits) {
      p.set(index, Float.intBitsToFloat((int) bits));
    }

    @Override
    void getAll(FloatPointer p, long index, long[] bits) {
      float[] values = new float[bits.length + 2];
      p.get(index, values, 1, bits.length);
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Float.floatToRawIntBits(values[i + 1]) & 0xffff_ffffL;
      }
    }

    @Override
    void setAll(FloatPointer p, long index, long[] bits) {
      float[] values = new float[bits.length + 2];
      for (int i = 0; i < bits.length; i++) {
        values[i + 1] = Float.intBitsToFloat((int) bits[i]);
      }
      p.set(index, values, 1, bits.length);
    }

    @Override
    PointerCursor cursor(FloatPointer p, long count) {
      return p.cursor(count);
    }

    @Override
    long current(PointerCursor cursor) {
      float value = ((FloatPointer.Cursor) cursor).get();
      return Float.floatToRawIntBits(value) & 0xffff_ffffL;
    }

    @Override
    void setCurrent(PointerCursor cursor, long bits) {
      ((FloatPointer.Cursor) cursor).set(Float.intBitsToFloat((int) bits));
    }
  }

  private static final class Doubles extends PrimitiveKind<DoublePointer> {
    Doubles() {
      super(PointerType.DOUBLE, 8);
    }

    @Override
    long get(DoublePointer p, long index) {
      return Double.doubleToRawLongBits(p.get(index));
    }

    @Override
    void set(DoublePointer p, long index, long bits) {
      p.set(index, Double.longBitsToDouble(bits));
    }

    @Override
    void getAll(DoublePointer p, long index, long[] bits) {
      double[] values = new double[bits.length + 2];
      p.get(index, values, 1, bits.length);
      for (int i = 0; i < bits.length; i++) {
        bits[i] = Double.doubleToRawLongBits(values[i + 1]);
      }
    }

    @Override
    void setAll(DoublePointer p, long index, long[] bits) {
      double[] values = new double[bits.length + 2];
      for (int i = 0; i < bits.length; i++) {
        values[i + 1] = Double.longBitsToDouble(bits[i]);
      }
      p.set(index, values, 1, bits.length);
    }

    @Override
    PointerCursor cursor(DoublePointer p, long count) {
      return p.cursor(count);
    }

    @Override
    long current(PointerCursor cursor) {
      double value = ((DoublePointer.Cursor) cursor).get();
      return Double.doubleToRawLongBits(value);
    }

    @Override
    void setCurrent(PointerCursor cursor, long bits) {
      ((DoublePointer.Cursor) cursor).set(Double.longBitsToDouble(bits));
    }
  }
}
