package dev.virtmem.persist;

/**
 * One array for all pages that a pool keeps in RAM, so that pages from anywhere in it can go out in
 * one transfer: the header, tables, pages that wait to be written, pages that were read.
 */
final class PoolBuffers {
  private static final int JOINED_BYTES = 64 * 1024;

  final PoolShape shape;
  final byte[] memory;
  final int tables;
  final int waiting;
  final int read;

  PoolBuffers(PoolShape shape) {
    this.shape = shape;
    tables = Math.min(PersistentStore.MOST_TABLES, shape.tables());
    waiting =
        Math.clamp(
            Math.min(JOINED_BYTES / shape.pageSize(), shape.spare() / 4),
            1,
            WriteBuffer.MOST_PAGES);
    read = Math.max(1, waiting / 2);
    memory = new byte[(1 + tables + waiting + read) * shape.pageSize()];
  }

  /** Where the page of the header starts. */
  int header() {
    return 0;
  }

  /** Where a table starts. */
  int table(int slot) {
    return (1 + slot) * shape.pageSize();
  }

  /** Where a page that waits to be written starts. */
  int waiting(int slot) {
    return table(tables + slot);
  }

  /** Where a page that was read starts. */
  int read(int slot) {
    return waiting(waiting + slot);
  }
}
