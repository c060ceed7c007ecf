package dev.virtmem.alloc;

/**
 * The bytes of a pool, as an allocator sees them. Numbers are little-endian. Accesses are aligned
 * to their size.
 *
 * <p>Each access may throw what the device below throws. One that throws has not happened; one that
 * returned is never lost.
 */
public interface PoolBytes {

  /**
   * Reads 4 bytes.
   *
   * @param address where, a multiple of 4
   * @return the number
   */
  int getInt(long address);

  /**
   * Writes 4 bytes.
   *
   * @param address where, a multiple of 4
   * @param value the number
   */
  void setInt(long address, int value);

  /**
   * Reads 8 bytes.
   *
   * @param address where, a multiple of 8
   * @return the number
   */
  long getLong(long address);

  /**
   * Writes 8 bytes.
   *
   * @param address where, a multiple of 8
   * @param value the number
   */
  void setLong(long address, long value);
}
