package dev.virtmem.struct;

import dev.virtmem.BytePointer;
import dev.virtmem.IntPointer;
import dev.virtmem.Pointer;
import dev.virtmem.PointerPointer;
import dev.virtmem.RecordPointer;
import java.util.Arrays;
import java.util.Objects;

/** Records that the tests store. */
final class Samples {
  private Samples() {}

  enum Color {
    RED,
    GREEN,
    BLUE
  }

  record Point(int x, int y) {}

  record Primitives(byte b, boolean z, short s, char c, int i, long l, float f, double d) {}

  record Node(int value, RecordPointer<Node> next) {}

  record Line(Point from, Point to, Color color) {}

  record Person(@Size(8) String name, short age) {}

  record Pointers(
      Pointer any,
      BytePointer bytes,
      IntPointer ints,
      RecordPointer<Point> point,
      PointerPointer<RecordPointer<Node>> nodes) {}

  record Arrays8(
      @Size(2) byte[] b,
      @Size(3) boolean[] z,
      @Size(2) short[] s,
      @Size(2) char[] c,
      @Size(2) int[] i,
      @Size(2) long[] l,
      @Size(2) float[] f,
      @Size(2) double[] d) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Arrays8 that
          && Arrays.equals(b, that.b)
          && Arrays.equals(z, that.z)
          && Arrays.equals(s, that.s)
          && Arrays.equals(c, that.c)
          && Arrays.equals(i, that.i)
          && Arrays.equals(l, that.l)
          && Arrays.equals(f, that.f)
          && Arrays.equals(d, that.d);
    }

    @Override
    public int hashCode() {
      return Objects.hash(Arrays.hashCode(i), Arrays.hashCode(l));
    }
  }

  record Shape(
      Color color,
      @Size(3) Point[] corners,
      @Size(2) Color[] fills,
      @Size(2) RecordPointer<Shape>[] children,
      @Size(4) int[] tags,
      Line axis) {}
}
