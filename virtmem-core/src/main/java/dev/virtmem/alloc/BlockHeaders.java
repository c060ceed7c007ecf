package dev.virtmem.alloc;

import dev.virtmem.CorruptPoolException;

/**
 * Headers and footers of blocks, as they lie in the pool.
 *
 * <pre>
 * block     | header 4 | payload ...                       |   narrow: payload at +4
 *           | header 4 | unused 4 | payload ...            |   wide: payload at +8
 *           | header 4 | size 4   | payload ...            |   large (32 KiB and up): always wide
 * free      | header 4 | (size 4 if large) ... (size 4 if large) | footer 4 |
 *
 * header    bit 0 used, 1 the block before is free, 2 wide, 3 large,
 *           4..15 size / 8, or its bits 32..43 if large (bits 0..31 are then in the next word),
 *           16..31 check bits over all other bits, the address and the key of the pool
 * footer    size / 8; if large, bits 32..43 of it with bit 31 set, bits 0..31 in the word before
 * </pre>
 *
 * <p>Blocks start at multiples of 8 and their sizes are multiples of 8, so an 8-aligned payload
 * shows by its address where its header is. The last block of the pool has no footer, as nothing
 * behind it looks back; so its far end is never touched. In RAM, a header is a {@code long}: the
 * size in bytes with the flags in its 3 lowest bits.
 */
final class BlockHeaders {
  static final long USED = 1;
  static final long PREVIOUS_FREE = 2;
  static final long WIDE = 4;

  /** From this size on, blocks are large. */
  static final long LARGE_SIZE = 8L << 12;

  private static final long FLAGS = 7;
  private static final int LARGE = 8;
  private static final int FIELD = 0xFFF;
  private static final int FIELD_SHIFT = 4;
  private static final int LOW = 0xFFFF;
  private static final long INT = 0xFFFF_FFFFL;

  private final PoolBytes pool;
  private final Journal journal;
  private final PoolLayout layout;

  BlockHeaders(PoolBytes pool, Journal journal, PoolLayout layout) {
    this.pool = pool;
    this.journal = journal;
    this.layout = layout;
  }

  static long size(long header) {
    return header & ~FLAGS;
  }

  static boolean isUsed(long header) {
    return (header & USED) != 0;
  }

  /** Returns the address of the payload of a used block. */
  static long payload(long start, long header) {
    return start + ((header & WIDE) != 0 ? 8 : 4);
  }

  /** Reads the header at a multiple of 8 inside the pool; 0 if there is no valid one. */
  long readIfValid(long start) {
    int word = pool.getInt(start);
    boolean large = (word & LARGE) != 0;
    long units = word >>> FIELD_SHIFT & FIELD;
    if (large) {
      units = units << 32 | pool.getInt(start + 4) & INT;
    }
    long size = units << 3;
    long header = size | word & FLAGS;
    boolean valid =
        size > 0
            && size <= layout.end() - start
            && large == size >= LARGE_SIZE
            && word == word(start, header);
    return valid ? header : 0;
  }

  /**
   * Reads a header.
   *
   * @throws CorruptPoolException if there is no valid one
   */
  long read(long start) {
    long header = readIfValid(start);
    if (header == 0) {
      throw new CorruptPoolException(
          "no valid block header at address " + start + ": it was overwritten");
    }
    return header;
  }

  /** Writes a header that replaces another one. */
  void write(long start, long header) {
    if (size(header) >= LARGE_SIZE) {
      journal.setLong(start, longWord(start, header));
    } else {
      journal.setInt(start, word(start, header));
    }
  }

  /** Writes a header into free memory, where a failure later on need not undo it. */
  void writeNew(long start, long header) {
    if (size(header) >= LARGE_SIZE) {
      pool.setLong(start, longWord(start, header));
    } else {
      pool.setInt(start, word(start, header));
    }
  }

  /** Makes sure that nothing looks like a header at an address any more. */
  void erase(long start) {
    journal.setInt(start, 0);
  }

  /** Writes the footer of a free block, unless it is the last block. */
  void writeFooter(long end, long size) {
    if (end == layout.end()) {
      return;
    }
    long units = size >>> 3;
    if (size >= LARGE_SIZE) {
      journal.setLong(end - 8, (units >>> 32 | 1L << 31) << 32 | units & INT);
    } else {
      journal.setInt(end - 4, (int) units);
    }
  }

  /**
   * Returns the start of the free block that ends at an address.
   *
   * @throws CorruptPoolException if its footer and its header do not agree
   */
  long startOfFree(long end) {
    int footer = pool.getInt(end - 4);
    long units = footer & INT;
    if (footer < 0) {
      units = (units & FIELD) << 32 | pool.getInt(end - 8) & INT;
    }
    long start = end - (units << 3);
    long header = units > 0 && start >= layout.start() ? readIfValid(start) : 0;
    if (header == 0 || isUsed(header) || size(header) != end - start) {
      throw new CorruptPoolException(
          "the free block that ends at address "
              + end
              + " has no valid footer: freed memory was written to");
    }
    return start;
  }

  private int word(long start, long header) {
    long units = size(header) >>> 3;
    long low = header & FLAGS;
    if (size(header) >= LARGE_SIZE) {
      low |= LARGE | (units >>> 32) << FIELD_SHIFT;
    } else {
      low |= units << FIELD_SHIFT;
    }
    // Fibonacci hashing; the odd constants are the golden ratio's and one of the same kind
    long hash = (start ^ (long) layout.key() << 32) * 0x9E3779B97F4A7C15L;
    hash = ((hash ^ hash >>> 32) + header) * 0xD1B54A32D192ED03L;
    return (int) (hash >>> 48) << 16 | (int) low & LOW;
  }

  private long longWord(long start, long header) {
    return size(header) >>> 3 << 32 | word(start, header) & INT;
  }
}
