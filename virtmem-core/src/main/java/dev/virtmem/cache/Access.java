package dev.virtmem.cache;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Arrays;

/**
 * Accesses to ranges of any length, piece by piece: a piece lies in one page, and either in one
 * lock buffer or outside of all.
 */
final class Access {
  private final Frames frames;
  private final PageTable table;
  private final LockBuffers buffers;
  private final Pager pager;
  private final Counters counters;

  Access(CacheParts parts) {
    frames = parts.frames;
    table = parts.table;
    buffers = parts.lockBuffers;
    pager = parts.pager;
    counters = parts.counters;
  }

  /** Returns the length of the piece that starts at an address. */
  int piece(long address, long most) {
    int inPage = (int) Math.min(most, frames.pageSize - ((int) address & (frames.pageSize - 1)));
    return buffers.alike(address, inPage);
  }

  /** Tells whether a range is a single piece. */
  boolean isPiece(long address, int length) {
    int offset = (int) address & (frames.pageSize - 1);
    return offset <= frames.pageSize - length && buffers.alike(address, length) == length;
  }

  /**
   * Makes a piece readable.
   *
   * @param known how many bytes from {@code address} on the caller is about to read
   * @return its index in the frames' memory
   */
  int readable(long address, int length, long known) {
    int buffer = buffers.find(address);
    if (buffer != Frames.NONE) {
      counters.hits++;
      return buffers.index(buffer, address);
    }
    return pager.forRead(address, length, known);
  }

  /**
   * Finds where a piece is to be written. The caller writes all of it and then calls {@link
   * #written}; if it cannot, nothing has changed.
   *
   * @return its index in the frames' memory
   */
  int writable(long address, int length) {
    int buffer = buffers.find(address);
    if (buffer != Frames.NONE) {
      counters.hits++;
      return buffers.index(buffer, address);
    }
    return pager.forWrite(address, length);
  }

  /** Marks a piece that the caller wrote at an index as dirty. */
  void written(int index, long address, int length) {
    if (index < frames.base(frames.count)) {
      pager.written(index, length);
    } else {
      buffers.markDirty(buffers.find(address), address, length);
    }
  }

  void read(long address, MemorySegment target) {
    long size = target.byteSize();
    for (long done = 0; done < size; ) {
      int part = piece(address + done, size - done);
      int index = readable(address + done, part, size - done);
      MemorySegment.copy(frames.memory, index, target, ValueLayout.JAVA_BYTE, done, part);
      done += part;
    }
  }

  void write(long address, MemorySegment source) {
    long size = source.byteSize();
    for (long done = 0; done < size; ) {
      int part = piece(address + done, size - done);
      int index = writable(address + done, part);
      MemorySegment.copy(source, ValueLayout.JAVA_BYTE, done, frames.memory, index, part);
      written(index, address + done, part);
      done += part;
    }
  }

  void fill(long address, long length, byte value) {
    for (long done = 0; done < length; ) {
      int part = piece(address + done, length - done);
      int index = writable(address + done, part);
      Arrays.fill(frames.memory, index, index + part, value);
      written(index, address + done, part);
      done += part;
    }
  }

  /** Copies a range; the ranges may overlap. */
  void copy(long from, long to, long length) {
    if (frames.pinnedCount() > frames.count - 2) {
      copyBytes(from, to, length);
    } else if (from < to && to - from < length) {
      copyDown(from, to, length);
    } else {
      for (long done = 0; done < length; ) {
        int part = piece(to + done, piece(from + done, length - done));
        move(from + done, to + done, part, length - done);
        done += part;
      }
    }
  }

  /** Copies from the end to the start, so that no byte is overwritten before it was copied. */
  private void copyDown(long from, long to, long length) {
    for (long rest = length; rest > 0; ) {
      int part = pieceBefore(to + rest, pieceBefore(from + rest, rest));
      rest -= part;
      move(from + rest, to + rest, part, 0);
    }
  }

  /** Returns the length of the piece that ends before an address. */
  private int pieceBefore(long end, long most) {
    int inPage = (int) ((end - 1) & (frames.pageSize - 1)) + 1;
    int length = (int) Math.min(most, inPage);
    while (piece(end - length, length) < length) {
      length -= piece(end - length, length);
    }
    return length;
  }

  private void move(long from, long to, int length, long known) {
    int source = readable(from, length, known);
    int frame = buffers.find(from) == Frames.NONE ? source >>> frames.pageShift : Frames.NONE;
    if (frame != Frames.NONE) {
      frames.pin(frame);
    }
    try {
      int target = writable(to, length);
      System.arraycopy(frames.memory, source, frames.memory, target, length);
      written(target, to, length);
    } finally {
      if (frame != Frames.NONE) {
        frames.unpin(frame);
      }
    }
  }

  /** Copies when there is but one frame to work with. */
  private void copyBytes(long from, long to, long length) {
    boolean down = from < to && to - from < length;
    for (long i = 0; i < length; i++) {
      long at = down ? length - 1 - i : i;
      byte value = frames.memory[readable(from + at, 1, 1)];
      int target = writable(to + at, 1);
      frames.memory[target] = value;
      written(target, to + at, 1);
    }
  }

  /** Makes the bytes of a range valid and clean where their page has a frame, as they are. */
  void discard(long address, long length) {
    if (length > frames.memory.length) {
      for (int frame = 0; frame < frames.count; frame++) {
        long base = frames.page[frame] << frames.pageShift;
        long low = Math.max(address, base) - base;
        long high = Math.min(address + length, base + frames.pageSize) - base;
        if (frames.page[frame] != Frames.NONE && low < high) {
          discard(frame, (int) low, (int) (high - low));
        }
      }
      return;
    }
    for (long done = 0; done < length; ) {
      long at = address + done;
      int offset = (int) at & (frames.pageSize - 1);
      int part = (int) Math.min(frames.pageSize - offset, length - done);
      int frame = table.find(at >>> frames.pageShift);
      if (frame != Frames.NONE) {
        discard(frame, offset, part);
      }
      done += part;
    }
  }

  private void discard(int frame, int offset, int length) {
    if (!frames.pinned(frame)) {
      long sectors = frames.covered(offset, length) & ~buffers.sectors(frames.page[frame]);
      frames.valid[frame] |= sectors;
      frames.setDirty(frame, frames.dirty[frame] & ~sectors);
      pager.update(frame);
    }
  }
}
