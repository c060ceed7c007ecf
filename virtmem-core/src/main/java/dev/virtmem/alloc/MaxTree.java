package dev.virtmem.alloc;

import java.util.Arrays;

/**
 * An array of small numbers with a tree of maxima over it, so that the first number of at least
 * some value is found in logarithmic time. The numbers are the upper 7 bits of 2-byte leaves; the
 * lower 9 bits are the user's. The tree adds 1.6 % to the leaves.
 */
final class MaxTree {
  private static final int FAN_SHIFT = 5;
  private static final int FAN = 1 << FAN_SHIFT;
  private static final int VALUE_SHIFT = 9;
  private static final int ARRAY_HEADER = 16;

  private final short[] leaves;
  private final byte[][] levels;

  /** Creates a tree of zeros. */
  MaxTree(int size) {
    leaves = new short[size];
    int depth = 0;
    for (int n = size; depth == 0 || n > 1; n = groups(n)) {
      depth++;
    }
    levels = new byte[depth][];
    int n = size;
    for (int level = 0; level < depth; level++) {
      n = groups(n);
      levels[level] = new byte[n];
    }
  }

  private static int groups(int n) {
    return (int) ((n + FAN - 1L) >>> FAN_SHIFT);
  }

  /** Returns a whole leaf, from 0 to 65,535. */
  int leaf(int index) {
    return leaves[index] & 0xFFFF;
  }

  /** Returns the number in a leaf. */
  int value(int index) {
    return value(-1, index);
  }

  /** Returns the largest number. */
  int max() {
    return levels[levels.length - 1][0];
  }

  void set(int index, int leaf) {
    int before = value(index);
    leaves[index] = (short) leaf;
    int after = value(index);
    int child = index;
    for (int level = 0; level < levels.length && before != after; level++) {
      int node = child >>> FAN_SHIFT;
      int old = levels[level][node];
      int now = old;
      if (after > old) {
        now = after;
      } else if (before == old) {
        now = maxOfChildren(level, node);
      }
      levels[level][node] = (byte) now;
      before = old;
      after = now;
      child = node;
    }
  }

  /**
   * Returns the first index from {@code from} on with a number of at least {@code least}, or -1.
   */
  int first(int from, int least) {
    int index = from;
    for (int level = -1; level < levels.length; level++) {
      if (index >= length(level)) {
        return -1;
      }
      int group = index >>> FAN_SHIFT;
      int end = groupEnd(level, group);
      while (index < end && value(level, index) < least) {
        index++;
      }
      if (index < end) {
        return descend(level, index, least);
      }
      index = group + 1;
    }
    return -1;
  }

  private int descend(int from, int index, int least) {
    int child = index;
    for (int level = from - 1; level >= -1; level--) {
      child <<= FAN_SHIFT;
      while (value(level, child) < least) {
        child++;
      }
    }
    return child;
  }

  long ramBytes() {
    long bytes = 2L * leaves.length + ARRAY_HEADER;
    bytes += ARRAY_HEADER + 8L * levels.length;
    return bytes + Arrays.stream(levels).mapToLong(level -> ARRAY_HEADER + level.length).sum();
  }

  /**
   * Verifies the tree.
   *
   * @throws IllegalStateException if a maximum is wrong
   */
  void check() {
    for (int level = 0; level < levels.length; level++) {
      for (int node = 0; node < levels[level].length; node++) {
        if (levels[level][node] != maxOfChildren(level, node)) {
          throw new IllegalStateException(
              "maximum " + node + " of level " + level + " is " + levels[level][node]);
        }
      }
    }
  }

  private int maxOfChildren(int level, int node) {
    int max = 0;
    int end = groupEnd(level - 1, node);
    for (int child = node << FAN_SHIFT; child < end; child++) {
      max = Math.max(max, value(level - 1, child));
    }
    return max;
  }

  private int groupEnd(int level, int group) {
    return (int) Math.min((group + 1L) << FAN_SHIFT, length(level));
  }

  private int length(int level) {
    return level < 0 ? leaves.length : levels[level].length;
  }

  private int value(int level, int index) {
    return level < 0 ? (leaves[index] & 0xFFFF) >>> VALUE_SHIFT : levels[level][index];
  }
}
