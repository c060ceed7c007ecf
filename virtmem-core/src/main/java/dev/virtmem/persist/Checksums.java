package dev.virtmem.persist;

import java.util.zip.CRC32C;

/**
 * CRC-32C of a page of a pool, over the pool's id, the page's number and its bytes: so a page of
 * another pool, or one that lies where another belongs, does not pass for the right one.
 */
final class Checksums {
  private final CRC32C crc = new CRC32C();
  private final byte[] prefix = new byte[2 * Long.BYTES];

  Checksums(long poolId) {
    LittleEndian.setLong(prefix, 0, poolId);
  }

  /** Returns the checksum of a page of data. */
  int ofPage(int page, byte[] bytes, int from, int length) {
    return of(page, bytes, from, length);
  }

  /** Returns the checksum of a table, which no page of data has. */
  int ofTable(int table, byte[] bytes, int from, int length) {
    return of(~(long) table, bytes, from, length);
  }

  private int of(long number, byte[] bytes, int from, int length) {
    LittleEndian.setLong(prefix, Long.BYTES, number);
    crc.reset();
    crc.update(prefix);
    crc.update(bytes, from, length);
    return (int) crc.getValue();
  }
}
