package dev.virtmem.sdcard;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.TransferBuffer;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Counts what is written to a card and where. Takes 8 bytes of RAM for each block of the store. A
 * write that fails counts as well, since some of it may have been done.
 */
public final class WearStore extends ForwardingStore {
  /** Bytes of a block unless told otherwise: an erase block of a common card. */
  public static final int BLOCK = 2 * 1024 * 1024;

  private static final int HOTTEST = 8;

  private final int blockSize;
  private final long[] blocks;
  private long bytesWritten;
  private long blocksWritten;

  /**
   * Creates a counter at zero for blocks of 2 MiB.
   *
   * @param delegate the store below, owned by the decorator from now on
   */
  public WearStore(BackingStore delegate) {
    this(delegate, BLOCK);
  }

  /**
   * Creates a counter at zero.
   *
   * @param delegate the store below, owned by the decorator from now on
   * @param blockSize bytes of a block, at least 1
   * @throws IllegalArgumentException if the block size is below 1, or there are more than 2^31 - 9
   *     blocks
   */
  public WearStore(BackingStore delegate, int blockSize) {
    super(delegate);
    if (blockSize < 1 || (delegate.capacity() - 1) / blockSize >= Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "blocks must have at least 1 byte and be at most 2^31 - 9, got blocks of %d bytes of %d"
              .formatted(blockSize, delegate.capacity()));
    }
    this.blockSize = blockSize;
    this.blocks = new long[(int) ((delegate.capacity() - 1) / blockSize) + 1];
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    try {
      delegate().write(offset, source);
    } finally {
      if (offset >= 0 && offset <= capacity() - source.length()) {
        count(offset, source.length());
      }
    }
  }

  private void count(long offset, int length) {
    long end = offset + length;
    for (long from = offset; from < end; ) {
      int block = (int) (from / blockSize);
      long to = Math.min(end, (block + 1L) * blockSize);
      blocks[block] += to - from;
      blocksWritten++;
      from = to;
    }
    bytesWritten += length;
  }

  /**
   * Returns what was written since the start.
   *
   * @return a snapshot
   */
  public Wear wear() {
    var hottest =
        IntStream.range(0, blocks.length)
            .filter(block -> blocks[block] > 0)
            .boxed()
            .sorted(Comparator.comparingLong((Integer block) -> blocks[block]).reversed())
            .limit(HOTTEST)
            .map(block -> new Wear.Block((long) block * blockSize, blocks[block]))
            .toList();
    return new Wear(bytesWritten, blockSize, blocksWritten, hottest);
  }
}
