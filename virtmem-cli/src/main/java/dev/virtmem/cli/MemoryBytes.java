package dev.virtmem.cli;

import dev.virtmem.VirtualMemory;
import dev.virtmem.alloc.PoolBytes;

/** A memory as an allocator sees it, to draw its heap. */
record MemoryBytes(VirtualMemory memory) implements PoolBytes {

  @Override
  public int getInt(long address) {
    return memory.getInt(address);
  }

  @Override
  public void setInt(long address, int value) {
    memory.setInt(address, value);
  }

  @Override
  public long getLong(long address) {
    return memory.getLong(address);
  }

  @Override
  public void setLong(long address, long value) {
    memory.setLong(address, value);
  }
}
