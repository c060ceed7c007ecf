package dev.virtmem.serial;

/**
 * Console input for a device: a bounded stream of bytes. Safe for use by several threads: one fills
 * it, the one of the line empties it.
 */
final class InputQueue {
  private final byte[] ring;
  private long first;
  private long end;

  InputQueue(int capacity) {
    ring = new byte[capacity];
  }

  /** Appends what there is room for and returns how many bytes that was. */
  synchronized int add(byte[] source, int from, int length) {
    int count = Math.min(length, ring.length - available());
    for (int i = 0; i < count; i++) {
      ring[index(end + i)] = source[from + i];
    }
    end += count;
    return count;
  }

  synchronized int available() {
    return (int) (end - first);
  }

  /** Returns how many bytes have left the queue since it was made. */
  synchronized long position() {
    return first;
  }

  /** Copies up to {@code most} of the first bytes, which stay, and returns how many. */
  synchronized int peek(byte[] target, int from, int most) {
    int count = Math.min(most, available());
    for (int i = 0; i < count; i++) {
      target[from + i] = ring[index(first + i)];
    }
    return count;
  }

  /** Drops the first bytes, all of them if there are fewer. */
  synchronized void drop(long count) {
    first = Math.min(end, first + count);
  }

  private int index(long position) {
    return (int) (position % ring.length);
  }
}
