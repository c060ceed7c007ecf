package dev.virtmem.cache;

/** Takes and releases page locks: small ones in lock buffers, others in runs of pinned frames. */
final class Locks {
  private final Frames frames;
  private final PageTable table;
  private final Pager pager;
  private final FrameRuns runs;
  private final LockBuffers buffers;
  private final FrameHolders holders;

  Locks(CacheParts parts) {
    frames = parts.frames;
    table = parts.table;
    pager = parts.pager;
    runs = new FrameRuns(frames, table, pager);
    buffers = parts.lockBuffers;
    holders = parts.holders;
  }

  /** Locks as much of a valid range of addresses as can be had, at least a byte. */
  Hold lock(long address, long size, boolean writable, Throwable origin) {
    int offset = (int) address & (frames.pageSize - 1);
    int buffer = buffers.find(address);
    if (buffer == Frames.NONE || address + size > buffers.end(buffer)) {
      emptyBuffers();
      buffer = buffers.find(address);
    }
    if (buffer == Frames.NONE && offset + size <= frames.pageSize && !pinned(address)) {
      int length = buffers.alike(address, (int) size);
      buffer = fill(address, length);
    }
    Hold hold = buffer == Frames.NONE ? pin(address, size, writable, origin) : null;
    if (hold == null) {
      if (buffer == Frames.NONE) {
        buffer = fillShort(address, size);
      }
      int length = (int) Math.min(size, buffers.end(buffer) - address);
      buffers.lock(buffer);
      hold = new Hold(address, length, writable, buffers.index(buffer, address), buffer, origin);
    }
    holders.add(hold);
    markDirty(hold);
    return hold;
  }

  /** Gives a lock back. Does no I/O, and so cannot fail. */
  void release(Hold hold) {
    markDirty(hold);
    hold.markReleased();
    holders.remove(hold);
    if (hold.buffer == Frames.NONE) {
      long last = (hold.address + hold.size - 1) >>> frames.pageShift;
      for (long page = hold.address >>> frames.pageShift; page <= last; page++) {
        frames.unpin(table.find(page));
      }
    } else if (buffers.unlock(hold.buffer) == 0) {
      int frame = table.find(buffers.page(hold.buffer));
      if (frame != Frames.NONE) {
        buffers.giveBack(hold.buffer, frame);
        pager.update(frame);
      } else if (!buffers.dirty(hold.buffer)) {
        buffers.clear(hold.buffer);
      }
    }
  }

  /** Marks what holders of writable locks may have written since it was last clean. */
  void markDirty() {
    for (Hold hold : holders.all()) {
      markDirty(hold);
    }
  }

  /** Moves what unlocked buffers hold into frames. */
  void emptyBuffers() {
    for (int i = 0; i < buffers.count(); i++) {
      if (!buffers.empty(i) && buffers.locks(i) == 0) {
        giveBack(i);
      }
    }
  }

  private void giveBack(int buffer) {
    int frame = pager.frameFor(buffers.page(buffer));
    buffers.giveBack(buffer, frame);
    pager.update(frame);
  }

  private boolean pinned(long address) {
    int frame = table.find(address >>> frames.pageShift);
    return frame != Frames.NONE && frames.pinned(frame);
  }

  /** Takes the range over into a lock buffer, or returns NONE if none fits. */
  private int fill(long address, int length) {
    int offset = (int) address & (frames.pageSize - 1);
    long sectors = frames.touched(offset, length);
    int buffer = buffers.available(Long.bitCount(sectors) << frames.sectorShift);
    if (buffer != Frames.NONE) {
      pager.forRead(address, length, length);
      int frame = table.find(address >>> frames.pageShift);
      buffers.take(buffer, frame, sectors);
      pager.update(frame);
    }
    return buffer;
  }

  /** Takes the beginning of a range over into the largest lock buffer that can be had. */
  private int fillShort(long address, long size) {
    int offset = (int) address & (frames.pageSize - 1);
    int limit = buffers.alike(address, (int) Math.min(size, frames.pageSize - offset));
    for (int i = buffers.count() - 1; i >= 0; i--) {
      int length = buffers.capacity(i) - (offset & (frames.sectorSize - 1));
      int buffer = fill(address, Math.min(limit, length));
      if (buffer != Frames.NONE) {
        return buffer;
      }
    }
    throw holders.noFrame(address);
  }

  /** Pins the pages of a range, or as many from its start as can be had; null if there are none. */
  private Hold pin(long address, long size, boolean writable, Throwable origin) {
    long first = address >>> frames.pageShift;
    int length = alike(address, size);
    int wanted = (int) (((address + length - 1) >>> frames.pageShift) - first) + 1;
    int pinned = runs.pin(first, wanted);
    if (pinned == 0) {
      return null;
    }
    length = (int) Math.min(length, ((first + pinned) << frames.pageShift) - address);
    try {
      makeValid(address, length);
    } catch (RuntimeException e) {
      for (long page = first; page < first + pinned; page++) {
        frames.unpin(table.find(page));
      }
      throw e;
    }
    int index = frames.base(table.find(first)) + ((int) address & (frames.pageSize - 1));
    return new Hold(address, length, writable, index, Frames.NONE, origin);
  }

  /** Returns how much of a range lies before the first byte that a lock buffer holds. */
  private int alike(long address, long size) {
    long at = address;
    long end = Math.min(address + size, address + frames.memory.length);
    while (at < end) {
      int rest = frames.pageSize - ((int) at & (frames.pageSize - 1));
      int limit = (int) Math.min(rest, end - at);
      int alike = at == address || buffers.find(at) == Frames.NONE ? buffers.alike(at, limit) : 0;
      at += alike;
      if (alike < limit) {
        break;
      }
    }
    return (int) (at - address);
  }

  private void makeValid(long address, int length) {
    for (int done = 0; done < length; ) {
      long at = address + done;
      int rest = frames.pageSize - ((int) at & (frames.pageSize - 1));
      int part = Math.min(rest, length - done);
      pager.forRead(at, part, length - done);
      done += part;
    }
  }

  private void markDirty(Hold hold) {
    if (!hold.writable) {
      return;
    }
    if (hold.buffer != Frames.NONE) {
      buffers.markDirty(hold.buffer, hold.address, hold.size);
      return;
    }
    for (int done = 0; done < hold.size; ) {
      long at = hold.address + done;
      int offset = (int) at & (frames.pageSize - 1);
      int part = Math.min(frames.pageSize - offset, hold.size - done);
      int frame = table.find(at >>> frames.pageShift);
      frames.setDirty(frame, frames.dirty[frame] | frames.touched(offset, part));
      done += part;
    }
  }
}
