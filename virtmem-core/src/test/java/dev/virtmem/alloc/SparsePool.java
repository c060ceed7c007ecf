package dev.virtmem.alloc;

import java.util.HashMap;
import java.util.Map;

/** A pool of any size that holds the words that were written; the others read as garbage. */
final class SparsePool implements PoolBytes {
  private static final int GARBAGE = 0x5A5A5A5A;
  private final Map<Long, Integer> words = new HashMap<>();

  @Override
  public int getInt(long address) {
    return words.getOrDefault(address, GARBAGE);
  }

  @Override
  public void setInt(long address, int value) {
    words.put(address, value);
  }

  @Override
  public long getLong(long address) {
    return getInt(address) & 0xFFFF_FFFFL | (long) getInt(address + 4) << 32;
  }

  @Override
  public void setLong(long address, long value) {
    setInt(address, (int) value);
    setInt(address + 4, (int) (value >>> 32));
  }
}
