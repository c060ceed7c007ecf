package dev.virtmem.alloc;

import dev.virtmem.CorruptPoolException;
import dev.virtmem.InvalidAddressException;
import dev.virtmem.PoolExhaustedException;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Hands out blocks of a pool and takes them back. It touches the headers of blocks alone, never
 * what is in them, except that a free block's last bytes hold its size.
 *
 * <p>A block costs 4 bytes of the pool and what rounds it up to a multiple of 8; from 32 KiB on, 8
 * bytes. Addresses are multiples of 4, and of 8 where that costs nothing. 0 is null.
 *
 * <p>Failures of the pool: whatever an access of the pool throws, the operation throws on and has
 * not happened; it may be repeated. Its first writes are taken back. If the device refuses that as
 * well, they are taken back at the start of the next operation, or by {@link #settle}; until then
 * at most 4 words of the pool, none of them inside a block in use, are not as they should be. So
 * call {@code settle} before the bytes of a pool are given to somebody else.
 *
 * <p>Not safe for use by several threads at a time.
 */
public final class Allocator {
  private static final int OBJECT_BYTES = 512;

  private final BlockManager blocks;
  private final FitStrategy strategy;

  private Allocator(PoolBytes pool, PoolLayout layout, Fit fit, Usage usage) {
    this.blocks = new BlockManager(pool, layout, usage);
    this.strategy = fit.create(blocks);
  }

  /**
   * Makes a pool one free block.
   *
   * @param pool the bytes; stays with the caller
   * @param layout where the pool lies
   * @param fit how free blocks are chosen
   * @return the allocator of the empty pool
   */
  public static Allocator format(PoolBytes pool, PoolLayout layout, Fit fit) {
    Allocator allocator = new Allocator(pool, layout, fit, new Usage(0, 0, 0, 1));
    allocator.blocks.format();
    return allocator;
  }

  /**
   * Goes on with a pool that an earlier allocator left. Reads nothing yet: what it needs to know
   * about the blocks it learns as it goes.
   *
   * @param pool the bytes; stays with the caller
   * @param layout equal to that of the earlier allocator
   * @param fit how free blocks are chosen; need not be as before
   * @param usage the last {@link #usage} of the earlier allocator
   * @return the allocator
   */
  public static Allocator attach(PoolBytes pool, PoolLayout layout, Fit fit, Usage usage) {
    return new Allocator(pool, layout, fit, usage);
  }

  /**
   * Allocates a block. What is in it is undefined.
   *
   * @param bytes how many are needed; 0 gives a block of its own, as 1 does
   * @return the address, never 0; a multiple of 4
   * @throws IllegalArgumentException if {@code bytes} is negative
   * @throws PoolExhaustedException if no free block is large enough; nothing was changed
   * @throws CorruptPoolException if a header on the way was overwritten
   */
  public long allocate(long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("size " + bytes + " is negative");
    }
    blocks.settle();
    long start = FitStrategy.NONE;
    long wanted = Math.max(1, bytes);
    if (wanted <= blocks.layout().size()) {
      start = strategy.find(BlockManager.blockSize(wanted));
    }
    if (start == FitStrategy.NONE) {
      throw exhausted(bytes);
    }
    return blocks.allocate(start, wanted, strategy);
  }

  private PoolExhaustedException exhausted(long bytes) {
    long largest = strategy.largestFree();
    long free = freeBytes();
    return new PoolExhaustedException(
        bytes,
        free,
        largest == FitStrategy.NONE
            ? PoolExhaustedException.UNKNOWN
            : Math.max(0, Math.min(largest, free) - 4));
  }

  /**
   * Frees a block.
   *
   * @param address what {@link #allocate} returned
   * @throws InvalidAddressException if it is null, or no block in use has this address (freed
   *     before, inside a block, outside of the pool); nothing was changed
   * @throws CorruptPoolException if the header of the block or of a neighbour was overwritten;
   *     nothing was changed
   */
  public void free(long address) {
    long header = usedHeader(address);
    blocks.free(start(address), header, strategy);
  }

  /**
   * Returns how many bytes a block holds.
   *
   * @param address what {@link #allocate} returned
   * @return at least what was asked for
   * @throws InvalidAddressException as {@link #free} does
   * @throws CorruptPoolException if the header of the block was overwritten
   */
  public long sizeOf(long address) {
    long header = usedHeader(address);
    return start(address) + BlockHeaders.size(header) - address;
  }

  /**
   * Makes a block larger where it is, if the memory behind it is free. Its contents stay.
   *
   * @param address what {@link #allocate} returned
   * @param bytes how many are needed; if the block holds them already, it is left as it is
   * @return true if the block holds them now; false if nothing was changed
   * @throws IllegalArgumentException if {@code bytes} is negative
   * @throws InvalidAddressException as {@link #free} does
   * @throws CorruptPoolException as {@link #free} does
   */
  public boolean grow(long address, long bytes) {
    if (bytes < 0) {
      throw new IllegalArgumentException("size " + bytes + " is negative");
    }
    long header = usedHeader(address);
    long start = start(address);
    return bytes <= start + BlockHeaders.size(header) - address
        || blocks.grow(start, header, bytes, strategy);
  }

  /** An 8-aligned payload has its header 8 bytes before it, another one 4. */
  private static long start(long address) {
    return address - (address % 8 == 0 ? 8 : 4);
  }

  private long usedHeader(long address) {
    PoolLayout layout = blocks.layout();
    if (address == 0) {
      throw new InvalidAddressException("address 0 is null, not a block");
    }
    long start = start(address);
    if (address % 4 != 0 || start < layout.start() || address >= layout.end()) {
      throw new InvalidAddressException(
          "address "
              + address
              + " is no block: blocks have multiples of 4 from "
              + (layout.start() + 4)
              + " to "
              + (layout.end() - 4));
    }
    blocks.settle();
    long header = blocks.headers().readIfValid(start);
    if (!BlockHeaders.isUsed(header) || BlockHeaders.payload(start, header) != address) {
      throw new InvalidAddressException(explain(address));
    }
    return header;
  }

  /** Says what is at an address that is no used block's; throws if a header there is damaged. */
  private String explain(long address) {
    long start = strategy.startNear(address);
    long header = blocks.header(start);
    while (start + BlockHeaders.size(header) <= address) {
      start += BlockHeaders.size(header);
      header = blocks.header(start);
    }
    if (!BlockHeaders.isUsed(header)) {
      return "address " + address + " is in free memory: freed before, or never allocated";
    }
    return "address "
        + address
        + " is not the start of a block, but inside the one at "
        + BlockHeaders.payload(start, header);
  }

  /**
   * Takes back what a failed operation wrote, if that is still to be done.
   *
   * <p>Throws what the pool throws; it may be repeated then.
   */
  public void settle() {
    blocks.settle();
  }

  /**
   * Returns how much is in use.
   *
   * @return bytes and blocks
   */
  public Usage usage() {
    return blocks.usage();
  }

  /**
   * Returns how much is in use.
   *
   * @return bytes of used blocks, their headers included
   */
  public long used() {
    return usage().usedBytes();
  }

  /**
   * Returns the most that was ever in use.
   *
   * @return bytes of used blocks, their headers included
   */
  public long peakUsed() {
    return usage().peakBytes();
  }

  /**
   * Returns how much is free, in blocks of whatever size.
   *
   * @return bytes of free blocks, their headers included
   */
  public long freeBytes() {
    return blocks.layout().size() - used();
  }

  /**
   * Returns where the pool lies.
   *
   * @return the layout
   */
  public PoolLayout layout() {
    return blocks.layout();
  }

  /**
   * Returns how much RAM this allocator takes.
   *
   * @return bytes: at most 2 a region, 3 % more and 2 KiB
   */
  public long ramBytes() {
    return OBJECT_BYTES + strategy.ramBytes();
  }

  /**
   * Lists the blocks from the start of the pool, reading each header when its turn comes.
   * Allocating or freeing in the middle of a walk spoils it.
   *
   * @return the blocks; walking throws {@link CorruptPoolException} at a damaged header
   */
  public Iterable<Block> walk() {
    return Walk::new;
  }

  /**
   * Reads all headers and footers and verifies them, and what is kept in RAM about them.
   *
   * @throws CorruptPoolException if the pool is damaged
   * @throws IllegalStateException if what is in RAM does not agree with the pool
   */
  public void check() {
    blocks.settle();
    Usage counted = new PoolCheck(blocks).count();
    Usage usage = usage();
    if (counted.usedBytes() != usage.usedBytes()
        || counted.usedBlocks() != usage.usedBlocks()
        || counted.freeBlocks() != usage.freeBlocks()) {
      throw new IllegalStateException("the pool holds " + counted + ", not " + usage);
    }
    strategy.check();
  }

  private final class Walk implements Iterator<Block> {
    private long start = blocks.layout().start();

    private Walk() {
      blocks.settle();
    }

    @Override
    public boolean hasNext() {
      return start < blocks.layout().end();
    }

    @Override
    public Block next() {
      if (!hasNext()) {
        throw new NoSuchElementException("no block behind address " + start);
      }
      long header = blocks.header(start);
      long size = BlockHeaders.size(header);
      long address = BlockHeaders.isUsed(header) ? BlockHeaders.payload(start, header) : 0;
      Block block = new Block(start, size, address);
      start += size;
      return block;
    }
  }
}
