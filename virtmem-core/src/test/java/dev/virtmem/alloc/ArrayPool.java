package dev.virtmem.alloc;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** A pool in an array, at addresses from a base on; strict about alignment and range. */
class ArrayPool implements PoolBytes {
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  final byte[] bytes;
  private final long base;

  ArrayPool(long base, int size) {
    this.base = base;
    this.bytes = new byte[size];
  }

  /** Called before each access. */
  void access(long address, boolean write) {
    // a plain pool has nothing to count
  }

  private int index(long address, int size) {
    if (address % size != 0) {
      throw new IllegalArgumentException(size + " bytes at unaligned address " + address);
    }
    if (address < base || address > base + bytes.length - size) {
      throw new IndexOutOfBoundsException("address " + address + " outside of the pool");
    }
    return (int) (address - base);
  }

  @Override
  public int getInt(long address) {
    access(address, false);
    return (int) INT.get(bytes, index(address, 4));
  }

  @Override
  public void setInt(long address, int value) {
    access(address, true);
    INT.set(bytes, index(address, 4), value);
  }

  @Override
  public long getLong(long address) {
    access(address, false);
    return (long) LONG.get(bytes, index(address, 8));
  }

  @Override
  public void setLong(long address, long value) {
    access(address, true);
    LONG.set(bytes, index(address, 8), value);
  }
}
