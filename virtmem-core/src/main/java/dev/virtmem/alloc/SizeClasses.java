package dev.virtmem.alloc;

/**
 * Classes of block sizes: exact up to 56 bytes, then 4 to the octave. Class {@link #SMALLEST} is 8
 * bytes; {@link #LARGEST} holds all from 48 GiB on. Smaller numbers are left to the user of the
 * classes.
 */
final class SizeClasses {
  static final int SMALLEST = 2;
  static final int LARGEST = 127;

  /** More than any class. */
  static final int NONE = LARGEST + 1;

  private static final int EXACT = 8;

  private SizeClasses() {}

  /** Returns the class that a size falls into. */
  static int of(long size) {
    long units = size >>> 3;
    if (units < EXACT) {
      return (int) units - 1 + SMALLEST;
    }
    int octave = 63 - Long.numberOfLeadingZeros(units);
    int index = EXACT + (octave - 3) * 4 + (int) (units >>> octave - 2 & 3);
    return Math.min(index - 1 + SMALLEST, LARGEST);
  }

  /** Returns the smallest size in a class. */
  static long least(int sizeClass) {
    int index = sizeClass - SMALLEST + 1;
    if (index < EXACT) {
      return (long) index << 3;
    }
    return (4L + (index & 3)) << (index - EXACT) / 4 + 1 + 3;
  }

  /** Returns the lowest class in which every block has at least a size, or {@link #NONE}. */
  static int allAtLeast(long size) {
    int sizeClass = of(size);
    return least(sizeClass) >= size ? sizeClass : sizeClass + 1;
  }
}
