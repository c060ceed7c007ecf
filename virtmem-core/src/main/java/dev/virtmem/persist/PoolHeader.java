package dev.virtmem.persist;

import dev.virtmem.alloc.PoolLayout;
import dev.virtmem.alloc.Usage;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The page that makes a commit: it leads to everything else. {@code docs/pool-format.md} draws it.
 *
 * @param id the pool's own number
 * @param commit the number of the commit
 * @param shape how the store is divided
 * @param next where the search for a free place goes on
 * @param heap the state of the heap, or null if there is none yet
 * @param roots the program's addresses
 * @param tables an entry for each table
 */
record PoolHeader(
    long id, long commit, PoolShape shape, int next, HeapState heap, long[] roots, long[] tables) {
  /** The first bytes of a pool: no text, and spoilt by whatever changes line ends. */
  static final long MAGIC = 0x0A1A_0A0D_504D_5689L;

  static final int VERSION = 1;

  /** How many addresses a program may leave. */
  static final int ROOTS = 16;

  /** Bytes before the entries of the tables. */
  static final int FIXED = 256;

  private static final int CHECKSUM_AT = 8;
  private static final int ROOTS_AT = FIXED - ROOTS * Long.BYTES;
  private static final int HAS_HEAP = 1;

  static int mostTables(int pageSize) {
    return (pageSize - FIXED) / Long.BYTES;
  }

  /** Writes this header into a page of its shape. */
  void encode(byte[] page, int from) {
    int size = shape.pageSize();
    Arrays.fill(page, from, from + size, (byte) 0);
    LittleEndian.setLong(page, from, MAGIC);
    LittleEndian.setShort(page, from + 12, VERSION);
    page[from + 14] = (byte) Integer.numberOfTrailingZeros(size);
    LittleEndian.setLong(page, from + 16, id);
    LittleEndian.setLong(page, from + 24, commit);
    LittleEndian.setInt(page, from + 32, shape.pages());
    LittleEndian.setInt(page, from + 36, shape.dataPages());
    LittleEndian.setInt(page, from + 40, next);
    if (heap != null) {
      page[from + 15] = HAS_HEAP;
      encodeHeap(page, from);
    }
    for (int i = 0; i < ROOTS; i++) {
      LittleEndian.setLong(page, from + ROOTS_AT + i * Long.BYTES, roots[i]);
    }
    for (int i = 0; i < tables.length; i++) {
      LittleEndian.setLong(page, from + FIXED + i * Long.BYTES, tables[i]);
    }
    LittleEndian.setInt(page, from + CHECKSUM_AT, checksum(page, from, size));
  }

  private void encodeHeap(byte[] page, int from) {
    LittleEndian.setInt(page, from + 44, heap.layout().regionBytes());
    LittleEndian.setLong(page, from + 48, heap.layout().start());
    LittleEndian.setLong(page, from + 56, heap.layout().end());
    LittleEndian.setLong(page, from + 64, heap.usage().usedBytes());
    LittleEndian.setLong(page, from + 72, heap.usage().peakBytes());
    LittleEndian.setLong(page, from + 80, heap.usage().usedBlocks());
    LittleEndian.setLong(page, from + 88, heap.usage().freeBlocks());
    LittleEndian.setInt(page, from + 96, heap.layout().key());
  }

  /** Returns the checksum that a header should have. */
  static int checksum(byte[] page, int from, int size) {
    var crc = new CRC32C();
    crc.update(page, from, CHECKSUM_AT);
    crc.update(page, from + CHECKSUM_AT + Integer.BYTES, size - CHECKSUM_AT - Integer.BYTES);
    return (int) crc.getValue();
  }

  /** Tells whether bytes begin as a header does. */
  static boolean hasMagic(byte[] page) {
    return LittleEndian.getLong(page, 0) == MAGIC;
  }

  static int version(byte[] page) {
    return LittleEndian.getShort(page, 12);
  }

  /** Returns the page size that the beginning of a header names; 0 if there is no such size. */
  static int pageSize(byte[] page) {
    int size = page[14] >= 0 && page[14] < 31 ? 1 << page[14] : 0;
    return size >= PoolShape.MIN_PAGE && size <= PoolShape.MAX_PAGE ? size : 0;
  }

  /**
   * Reads a header; null if the page holds no whole one.
   *
   * @throws PoolFormatException if the checksum is right, but not what the fields say
   */
  static PoolHeader decode(byte[] page) {
    if (!hasMagic(page)
        || pageSize(page) != page.length
        || LittleEndian.getInt(page, CHECKSUM_AT) != checksum(page, 0, page.length)) {
      return null;
    }
    if (version(page) != VERSION) {
      throw new PoolFormatException(
          "format version " + version(page) + " was found, " + VERSION + " can be read");
    }
    try {
      return decodeFields(page);
    } catch (IllegalArgumentException e) {
      var refused = new PoolFormatException("the header contradicts itself: " + e.getMessage());
      refused.initCause(e);
      throw refused;
    }
  }

  private static PoolHeader decodeFields(byte[] page) {
    var shape =
        new PoolShape(page.length, LittleEndian.getInt(page, 32), LittleEndian.getInt(page, 36));
    long[] roots = new long[ROOTS];
    for (int i = 0; i < ROOTS; i++) {
      roots[i] = LittleEndian.getLong(page, ROOTS_AT + i * Long.BYTES);
    }
    long[] tables = new long[shape.tables()];
    for (int i = 0; i < tables.length; i++) {
      tables[i] = LittleEndian.getLong(page, FIXED + i * Long.BYTES);
    }
    return new PoolHeader(
        LittleEndian.getLong(page, 16),
        LittleEndian.getLong(page, 24),
        shape,
        LittleEndian.getInt(page, 40),
        page[15] == HAS_HEAP ? decodeHeap(page) : null,
        roots,
        tables);
  }

  private static HeapState decodeHeap(byte[] page) {
    return new HeapState(
        new PoolLayout(
            LittleEndian.getLong(page, 48),
            LittleEndian.getLong(page, 56),
            LittleEndian.getInt(page, 44),
            LittleEndian.getInt(page, 96)),
        new Usage(
            LittleEndian.getLong(page, 64),
            LittleEndian.getLong(page, 72),
            LittleEndian.getLong(page, 80),
            LittleEndian.getLong(page, 88)));
  }
}
