package dev.virtmem.cache;

import dev.virtmem.store.TransferBuffer;

/**
 * Small pieces of RAM beside the frames, so that locking a few bytes need not pin a big frame. A
 * buffer in use takes sectors of one page over from its frame: they are then neither valid nor
 * dirty there, and every access to them goes to the buffer, until the buffer gives them back.
 */
final class LockBuffers {
  private final Frames frames;
  private final int[] base;
  private final int[] capacity;
  private final long[] page;
  private final long[] mask;
  private final long[] dirty;
  private final int[] locks;

  /** Buffers that hold sectors; most accesses only ask whether this is 0. */
  private int active;

  /**
   * Creates buffers.
   *
   * @param start index of the first in the frames' memory
   * @param capacities their sizes in bytes, smallest first, multiples of the sector size and below
   *     the page size
   */
  LockBuffers(Frames frames, int start, int[] capacities) {
    this.frames = frames;
    this.capacity = capacities.clone();
    this.base = new int[capacities.length];
    this.page = new long[capacities.length];
    this.mask = new long[capacities.length];
    this.dirty = new long[capacities.length];
    this.locks = new int[capacities.length];
    int at = start;
    for (int i = 0; i < capacities.length; i++) {
      base[i] = at;
      at += capacities[i];
      page[i] = Frames.NONE;
    }
  }

  int count() {
    return capacity.length;
  }

  int capacity(int buffer) {
    return capacity[buffer];
  }

  /** Returns the sectors of a page that buffers hold. */
  long sectors(long wanted) {
    long sum = 0;
    if (active != 0) {
      for (int i = 0; i < page.length; i++) {
        sum |= page[i] == wanted ? mask[i] : 0;
      }
    }
    return sum;
  }

  /** Returns the buffer that holds a byte, or NONE. */
  int find(long address) {
    if (active != 0) {
      long wanted = address >>> frames.pageShift;
      long sector = frames.touched((int) address & (frames.pageSize - 1), 1);
      for (int i = 0; i < page.length; i++) {
        if (page[i] == wanted && (mask[i] & sector) != 0) {
          return i;
        }
      }
    }
    return Frames.NONE;
  }

  /**
   * Returns how many bytes from an address on are treated alike: all in one buffer, or none in any.
   *
   * @param limit the most that is asked for, at most up to the end of the page
   */
  int alike(long address, int limit) {
    if (active == 0) {
      return limit;
    }
    int buffer = find(address);
    if (buffer != Frames.NONE) {
      return (int) Math.min(limit, end(buffer) - address);
    }
    int offset = (int) address & (frames.pageSize - 1);
    long ahead = sectors(address >>> frames.pageShift) & (-1L << (offset >>> frames.sectorShift));
    if (ahead == 0) {
      return limit;
    }
    return Math.min(limit, (Long.numberOfTrailingZeros(ahead) << frames.sectorShift) - offset);
  }

  /** Returns the index in the frames' memory of a byte that a buffer holds. */
  int index(int buffer, long address) {
    return base[buffer] + (int) (address - start(buffer));
  }

  long start(int buffer) {
    return (page[buffer] << frames.pageShift)
        + ((long) Long.numberOfTrailingZeros(mask[buffer]) << frames.sectorShift);
  }

  long end(int buffer) {
    return start(buffer) + length(buffer);
  }

  private int length(int buffer) {
    return Long.bitCount(mask[buffer]) << frames.sectorShift;
  }

  void markDirty(int buffer, long address, int length) {
    dirty[buffer] |= frames.touched((int) address & (frames.pageSize - 1), length);
  }

  boolean dirty(int buffer) {
    return dirty[buffer] != 0;
  }

  void lock(int buffer) {
    locks[buffer]++;
  }

  int unlock(int buffer) {
    return --locks[buffer];
  }

  int locks(int buffer) {
    return locks[buffer];
  }

  boolean empty(int buffer) {
    return mask[buffer] == 0;
  }

  long page(int buffer) {
    return page[buffer];
  }

  /** Returns the smallest empty buffer that can hold a number of bytes, or NONE. */
  int available(int bytes) {
    for (int i = 0; i < capacity.length; i++) {
      if (capacity[i] >= bytes && empty(i)) {
        return i;
      }
    }
    return Frames.NONE;
  }

  /** Takes valid sectors over from a frame into an empty buffer. */
  void take(int buffer, int frame, long sectors) {
    page[buffer] = frames.page[frame];
    mask[buffer] = sectors;
    dirty[buffer] = frames.dirty[frame] & sectors;
    int from = Long.numberOfTrailingZeros(sectors) << frames.sectorShift;
    System.arraycopy(
        frames.memory, frames.base(frame) + from, frames.memory, base[buffer], length(buffer));
    frames.valid[frame] &= ~sectors;
    frames.setDirty(frame, frames.dirty[frame] & ~sectors);
    active++;
  }

  /** Gives the sectors back to the frame of their page, and so empties the buffer. */
  void giveBack(int buffer, int frame) {
    int to = Long.numberOfTrailingZeros(mask[buffer]) << frames.sectorShift;
    System.arraycopy(
        frames.memory, base[buffer], frames.memory, frames.base(frame) + to, length(buffer));
    frames.valid[frame] |= mask[buffer];
    frames.setDirty(frame, frames.dirty[frame] | dirty[buffer]);
    clear(buffer);
  }

  /** Empties a buffer whose sectors are clean or not wanted any more. */
  void clear(int buffer) {
    page[buffer] = Frames.NONE;
    mask[buffer] = 0;
    dirty[buffer] = 0;
    active--;
  }

  /** Writes a dirty buffer's sectors to the store; they are clean afterwards. */
  void flush(int buffer, Transfers transfers) {
    int first = Long.numberOfTrailingZeros(mask[buffer]);
    int low = Long.numberOfTrailingZeros(dirty[buffer]);
    int high = 63 - Long.numberOfLeadingZeros(dirty[buffer]);
    // Clean bytes between go along, and are undefined in the store if that fails.
    dirty[buffer] |= -1L >>> (63 - high) & -1L << low;
    int offset = (low - first) << frames.sectorShift;
    int length = (high - low + 1) << frames.sectorShift;
    transfers.write(
        start(buffer) + offset, TransferBuffer.of(frames.memory, base[buffer] + offset, length));
    dirty[buffer] = 0;
  }

  void check() {
    int holding = 0;
    for (int i = 0; i < mask.length; i++) {
      holding += empty(i) ? 0 : 1;
      Checks.that((page[i] == Frames.NONE) == empty(i), "lock buffer %d: page without bytes", i);
      Checks.that((dirty[i] & ~mask[i]) == 0, "lock buffer %d: dirty beyond its bytes", i);
      Checks.that(empty(i) || length(i) <= capacity[i], "lock buffer %d overflows", i);
      Checks.that(locks[i] >= 0 && (locks[i] == 0 || !empty(i)), "lock buffer %d: lock count", i);
      for (int j = 0; j < i; j++) {
        Checks.that(
            page[i] != page[j] || (mask[i] & mask[j]) == 0, "lock buffers %d, %d overlap", i, j);
      }
    }
    Checks.that(holding == active, "%d lock buffers hold bytes, %d are counted", holding, active);
  }
}
