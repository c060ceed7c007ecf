package dev.virtmem.bench.speed;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** The least that paging can cost: a look-up in a table and an access to the frames. */
final class BarePages {
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);

  private final byte[] memory;
  private final int[] table;
  private final int shift;
  private final int mask;

  BarePages(Geometry geometry) {
    memory = new byte[geometry.bytes()];
    table = new int[geometry.frames() + 1];
    shift = Integer.numberOfTrailingZeros(geometry.pageSize());
    mask = geometry.pageSize() - 1;
    for (int frame = 0; frame < geometry.frames(); frame++) {
      table[geometry.frames() - frame] = frame;
    }
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  private int index(long address) {
    return (table[(int) (address >>> shift)] << shift) + ((int) address & mask);
  }

  byte getByte(long address) {
    return memory[index(address)];
  }

  void setByte(long address, byte value) {
    memory[index(address)] = value;
  }

  int getInt(long address) {
    return (int) INT.get(memory, index(address));
  }

  void setInt(long address, int value) {
    INT.set(memory, index(address), value);
  }

  long getLong(long address) {
    return (long) LONG.get(memory, index(address));
  }

  void setLong(long address, long value) {
    LONG.set(memory, index(address), value);
  }
}
