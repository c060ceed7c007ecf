package dev.virtmem.bench.speed;

import dev.virtmem.VirtualMemory;
import dev.virtmem.store.HeapStore;

/**
 * Frames and page size of a memory under test.
 *
 * @param frames how many
 * @param pageSize bytes
 */
record Geometry(int frames, int pageSize) {
  /** Parses a number of frames and a page size in bytes, such as {@code 4x1024}. */
  static Geometry parse(String text) {
    int x = text.indexOf('x');
    return new Geometry(
        Integer.parseInt(text.substring(0, x)), Integer.parseInt(text.substring(x + 1)));
  }

  int bytes() {
    return frames * pageSize;
  }

  /** Returns the address of the second page; the first one starts with address 0. */
  long first() {
    return pageSize;
  }

  /** Opens a memory over a heap store, without lock buffers, so that a lock lies in frames. */
  VirtualMemory open(long capacity) {
    return VirtualMemory.builder(new HeapStore(capacity))
        .frames(frames)
        .pageSize(pageSize)
        .lockBuffers()
        .open();
  }

  /** Opens a memory whose pages from {@link #first()} on are all in frames, and written. */
  VirtualMemory openFilled() {
    VirtualMemory memory = open(2L * bytes() + pageSize);
    memory.fill(first(), bytes(), (byte) 1);
    return memory;
  }
}
