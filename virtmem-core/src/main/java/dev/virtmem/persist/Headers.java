package dev.virtmem.persist;

import dev.virtmem.store.BackingStore;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The two headers of a pool, as they are found when it is opened: one on the first page of the
 * store, one on the last. The newer one counts; at rest both are equal.
 *
 * @param current the header that counts
 * @param firstIsCurrent whether the first page holds it
 * @param secondIsCurrent whether the last page holds it
 */
record Headers(PoolHeader current, boolean firstIsCurrent, boolean secondIsCurrent) {

  /**
   * Reads the headers.
   *
   * @throws PoolFormatException if none is whole, or the store has another size than the pool
   */
  static Headers read(BackingStore store) {
    byte[] start = beginning(store, 0);
    int pageSize = PoolHeader.hasMagic(start) ? PoolHeader.pageSize(start) : 0;
    PoolHeader first = pageSize == 0 ? null : header(store, 0, pageSize);
    PoolHeader second;
    if (first != null) {
      checkSize(store, first.shape());
      second = header(store, secondOffset(store, first.shape().pageSize()), pageSize);
    } else {
      // A torn header still tells its page size. Others may lie about, of an earlier pool.
      second = pageSize == 0 ? null : header(store, secondOffset(store, pageSize), pageSize);
      second = second == null ? findSecond(store) : second;
    }
    PoolHeader current = newer(first, second);
    if (current == null) {
      throw refused(store, start);
    }
    checkSize(store, current.shape());
    return new Headers(current, same(first, current), same(second, current));
  }

  /** Tells whether a store is zeros wherever a header of any page size may lie. */
  static boolean isBlank(BackingStore store) {
    byte[] end = new byte[(int) Math.min(PoolShape.MAX_PAGE, store.capacity())];
    store.read(0, end, 0, end.length);
    if (!isZero(end)) {
      return false;
    }
    store.read(store.capacity() - end.length, end, 0, end.length);
    return isZero(end);
  }

  private static boolean isZero(byte[] bytes) {
    for (byte one : bytes) {
      if (one != 0) {
        return false;
      }
    }
    return true;
  }

  /** Where the second header of a pool starts. */
  static long secondOffset(BackingStore store, int pageSize) {
    return (store.capacity() / pageSize - 1) * pageSize;
  }

  private static PoolHeader newer(PoolHeader first, PoolHeader second) {
    if (first == null || second == null) {
      return first == null ? second : first;
    }
    return second.commit() > first.commit() ? second : first;
  }

  private static boolean same(PoolHeader found, PoolHeader current) {
    return found != null && found.id() == current.id() && found.commit() == current.commit();
  }

  /** Where the second header lies depends on the page size, which the first would have told. */
  private static PoolHeader findSecond(BackingStore store) {
    PoolHeader found = null;
    for (int size = PoolShape.MIN_PAGE; size <= PoolShape.MAX_PAGE; size *= 2) {
      long offset = secondOffset(store, size);
      if (offset > 0) {
        byte[] start = beginning(store, offset);
        if (PoolHeader.hasMagic(start) && PoolHeader.pageSize(start) == size) {
          found = newer(found, header(store, offset, size));
        }
      }
    }
    return found;
  }

  private static PoolHeader header(BackingStore store, long offset, int pageSize) {
    if (offset < 0 || offset + pageSize > store.capacity()) {
      return null;
    }
    byte[] page = new byte[pageSize];
    store.read(offset, page, 0, pageSize);
    return PoolHeader.decode(page);
  }

  private static byte[] beginning(BackingStore store, long offset) {
    byte[] bytes = new byte[PoolShape.MIN_PAGE];
    store.read(offset, bytes, 0, (int) Math.min(bytes.length, store.capacity() - offset));
    return bytes;
  }

  private static void checkSize(BackingStore store, PoolShape shape) {
    if (store.capacity() / shape.pageSize() != shape.pages()) {
      throw new PoolFormatException(
          "the pool on %s takes %d bytes (%d pages of %d), but the store has %d: it was %s"
              .formatted(
                  store,
                  shape.storeBytes(),
                  shape.pages(),
                  shape.pageSize(),
                  store.capacity(),
                  store.capacity() < shape.storeBytes() ? "truncated" : "made larger"));
    }
  }

  private static PoolFormatException refused(BackingStore store, byte[] start) {
    var hex = HexFormat.ofDelimiter(" ");
    byte[] magic = new byte[Long.BYTES];
    LittleEndian.setLong(magic, 0, PoolHeader.MAGIC);
    byte[] found = Arrays.copyOf(start, magic.length);
    return new PoolFormatException(
        Arrays.equals(found, magic)
            ? "both headers of the pool on %s are damaged or cut off (its first says version %d)"
                .formatted(store, PoolHeader.version(start))
            : "%s holds no pool: it begins with %s, a pool begins with %s"
                .formatted(store, hex.formatHex(found), hex.formatHex(magic)));
  }
}
