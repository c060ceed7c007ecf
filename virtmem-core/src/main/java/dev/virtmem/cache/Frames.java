package dev.virtmem.cache;

import dev.virtmem.policy.ReplacementPolicy;
import java.util.Arrays;

/**
 * The RAM of a page cache: equal frames in one array, behind them the lock buffers and a small
 * sink; and for each frame which page it holds and which of its sectors are valid and dirty.
 *
 * <p>A sector is a 64th of a page, but at least a byte; its bit in a mask is its number in the
 * page.
 */
final class Frames implements ReplacementPolicy.Frames {
  static final int NONE = -1;

  final byte[] memory;
  final int count;
  final int pageSize;
  final int pageShift;
  final int sectorShift;
  final int sectorSize;

  /** The mask of a page whose every sector is meant. */
  final long full;

  /** Which page a frame holds, or NONE. */
  final long[] page;

  final long[] valid;

  /** Changed by {@link #setDirty} alone. */
  final long[] dirty;

  private final int[] pins;
  private int pinned;
  private int dirtyCount;

  Frames(int count, int pageSize, int extra) {
    this.count = count;
    this.pageSize = pageSize;
    this.pageShift = Integer.numberOfTrailingZeros(pageSize);
    this.sectorShift = Math.max(0, pageShift - 6);
    this.sectorSize = 1 << sectorShift;
    int sectors = pageSize >> sectorShift;
    this.full = sectors == 64 ? -1L : (1L << sectors) - 1;
    this.memory = new byte[Math.addExact(Math.multiplyExact(count, pageSize), extra)];
    this.page = new long[count];
    this.valid = new long[count];
    this.dirty = new long[count];
    this.pins = new int[count];
    Arrays.fill(page, NONE);
  }

  /** Returns the index of a frame's first byte in {@link #memory}. */
  int base(int frame) {
    return frame << pageShift;
  }

  /** Returns the sectors that a range of a page touches. */
  long touched(int offset, int length) {
    int first = offset >>> sectorShift;
    int last = (offset + length - 1) >>> sectorShift;
    return (-1L >>> (63 - (last - first))) << first;
  }

  /** Returns the sectors that lie in a range of a page as a whole. */
  long covered(int offset, int length) {
    int first = (offset + sectorSize - 1) >>> sectorShift;
    int end = (offset + length) >>> sectorShift;
    return first >= end ? 0 : (-1L >>> (64 - (end - first))) << first;
  }

  /** Exchanges everything about two frames but their pins. */
  void swap(int one, int other) {
    for (int i = 0, a = base(one), b = base(other); i < pageSize; i++, a++, b++) {
      byte spare = memory[a];
      memory[a] = memory[b];
      memory[b] = spare;
    }
    for (long[] values : new long[][] {page, valid, dirty}) {
      long spare = values[one];
      values[one] = values[other];
      values[other] = spare;
    }
  }

  void pin(int frame) {
    if (pins[frame]++ == 0) {
      pinned++;
    }
  }

  void unpin(int frame) {
    if (--pins[frame] == 0) {
      pinned--;
    }
  }

  /** Notes which sectors of a frame are dirty. */
  void setDirty(int frame, long sectors) {
    if ((sectors == 0) != (dirty[frame] == 0)) {
      dirtyCount += sectors == 0 ? -1 : 1;
    }
    dirty[frame] = sectors;
  }

  @Override
  public int dirtyCount() {
    return dirtyCount;
  }

  @Override
  public int pinnedCount() {
    return pinned;
  }

  int pins(int frame) {
    return pins[frame];
  }

  @Override
  public boolean pinned(int frame) {
    return pins[frame] != 0;
  }

  @Override
  public boolean dirty(int frame) {
    return dirty[frame] != 0;
  }

  /** Returns the RAM of what is known of frames, in bytes. */
  long bookkeepingBytes() {
    return 28L * count;
  }
}
