package dev.virtmem.sim.replay;

import dev.virtmem.Memory;
import java.lang.foreign.MemorySegment;

/**
 * Carries out the accesses of a trace on a memory: reads read, and writes write numbers that follow
 * from their place in the trace, so that two memories on which the same trace was played hold the
 * same.
 *
 * <p>An address of a {@link TraceFormat#MEMORY} trace is moved up by {@value #OFFSET}, since the
 * first bytes of a memory cannot be used; block N is the block N + 1 of the memory, and accessed as
 * a whole.
 */
public final class TracePlayer implements Trace.Visitor {
  /** What is added to each address of a memory trace, in bytes: where a virtual memory starts. */
  public static final int OFFSET = 16;

  private final Memory memory;
  private final byte[] buffer;
  private final MemorySegment segment;
  private final int blockSize;
  private long writes;
  private long checksum;

  /**
   * Creates a player.
   *
   * @param memory what to access
   * @param blockSize bytes of a block in a trace of blocks or pages, 16 to 65,536; 0 if the trace
   *     has addresses
   * @throws IllegalArgumentException if the size is out of its range
   */
  public TracePlayer(Memory memory, int blockSize) {
    if (blockSize != 0 && (blockSize < OFFSET || blockSize > Trace.MAX_ACCESS)) {
      throw new IllegalArgumentException(
          "a block has %d to %d bytes, got %d".formatted(OFFSET, Trace.MAX_ACCESS, blockSize));
    }
    this.memory = memory;
    this.blockSize = blockSize;
    this.buffer = new byte[blockSize == 0 ? Trace.MAX_ACCESS : blockSize];
    this.segment = MemorySegment.ofArray(buffer);
  }

  @Override
  public void access(boolean write, long at, int size) {
    long address = blockSize == 0 ? at + OFFSET : (at + 1) * blockSize;
    int length = blockSize == 0 ? size : blockSize;
    if (write) {
      store(address, length, ++writes * 0x9E3779B97F4A7C15L);
    } else {
      checksum = 31 * checksum + load(address, length);
    }
  }

  private long load(long address, int size) {
    switch (size) {
      case 1:
        return memory.getByte(address);
      case 2:
        return memory.getShort(address);
      case 4:
        return memory.getInt(address);
      case 8:
        return memory.getLong(address);
      default:
        memory.read(address, segment.asSlice(0, size));
        long sum = 0;
        for (int i = 0; i < size; i++) {
          sum = 31 * sum + buffer[i];
        }
        return sum;
    }
  }

  private void store(long address, int size, long value) {
    switch (size) {
      case 1 -> memory.setByte(address, (byte) value);
      case 2 -> memory.setShort(address, (short) value);
      case 4 -> memory.setInt(address, (int) value);
      case 8 -> memory.setLong(address, value);
      default -> {
        for (int i = 0; i < size; i++) {
          buffer[i] = (byte) (value >>> (i % 8 * 8));
        }
        memory.write(address, segment.asSlice(0, size));
      }
    }
  }

  /**
   * Returns a number that depends on each value that was read, and on their order.
   *
   * @return equal for two memories that gave the same values
   */
  public long checksum() {
    return checksum;
  }
}
