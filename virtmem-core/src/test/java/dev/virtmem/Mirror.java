package dev.virtmem;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Random;

/** A memory, and the plain array that it must agree with. Pointers are typeless on purpose. */
final class Mirror {
  final VirtualMemory memory;
  final byte[] expected;

  /** Takes over what the memory holds. */
  Mirror(VirtualMemory memory) {
    this.memory = memory;
    this.expected = new byte[(int) memory.end()];
    int start = (int) memory.start();
    memory.read(start, MemorySegment.ofArray(expected).asSlice(start));
  }

  int start() {
    return (int) memory.start();
  }

  int end() {
    return expected.length;
  }

  Pointer at(long address) {
    return new Pointer(memory, address);
  }

  void fillAtRandom(Random random) {
    random.nextBytes(expected);
    int start = start();
    memory.write(start, MemorySegment.ofArray(expected).asSlice(start));
  }

  void setByte(int address, int value) {
    memory.setByte(address, (byte) value);
    expected[address] = (byte) value;
  }

  /** Writes 1, 2, 4 or 8 bytes. */
  void setNumber(int address, int size, long value) {
    switch (size) {
      case 1 -> memory.setByte(address, (byte) value);
      case 2 -> memory.setShort(address, (short) value);
      case 4 -> memory.setInt(address, (int) value);
      default -> memory.setLong(address, value);
    }
    for (int i = 0; i < size; i++) {
      expected[address + i] = (byte) (value >>> (8 * i));
    }
  }

  /** Reads 1, 2, 4 or 8 bytes and compares them. */
  void checkNumber(int address, int size) {
    long got =
        switch (size) {
          case 1 -> memory.getByte(address);
          case 2 -> memory.getShort(address);
          case 4 -> memory.getInt(address);
          default -> memory.getLong(address);
        };
    long want = size == 8 ? 0 : expected[address + size - 1] >> 7;
    for (int i = size - 1; i >= 0; i--) {
      want = want << 8 | expected[address + i] & 0xff;
    }
    assertEquals(want, got, size + " bytes at " + address);
  }

  void write(int address, byte[] bytes) {
    memory.write(address, MemorySegment.ofArray(bytes));
    System.arraycopy(bytes, 0, expected, address, bytes.length);
  }

  void fill(int address, int length, int value) {
    memory.fill(address, length, (byte) value);
    Arrays.fill(expected, address, address + length, (byte) value);
  }

  void copy(int from, int to, int length) {
    memory.copy(from, to, length);
    System.arraycopy(expected, from, expected, to, length);
  }

  void checkRange(int address, int length) {
    var got = new byte[length];
    memory.read(address, MemorySegment.ofArray(got));
    var want = Arrays.copyOfRange(expected, address, address + length);
    assertArrayEquals(want, got, () -> "from address " + address);
  }

  void checkAll() {
    checkRange(start(), end() - start());
  }

  void checkLock(PageLock lock) {
    int address = (int) lock.address();
    var got = new byte[lock.size()];
    lock.buffer().get(got);
    var want = Arrays.copyOfRange(expected, address, address + got.length);
    assertArrayEquals(want, got, lock::toString);
  }

  void setByte(PageLock lock, int offset, int value) {
    lock.setByte(offset, (byte) value);
    expected[(int) lock.address() + offset] = (byte) value;
  }
}
