package dev.virtmem;

import dev.virtmem.cache.Hold;
import dev.virtmem.cache.PageCache;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/**
 * A range of virtual memory that stays in RAM, as one run, until it is closed: what is accessed in
 * a loop costs about as little as an array. That holds for the accessors and for {@code
 * buffer().asIntBuffer()} and its like; loops over a {@link MemorySegment} are what the JDK makes
 * of them.
 *
 * <p>It may be shorter than was asked for: {@link #size()} is the truth. Locks nest and may share
 * bytes; all of them, and every other access to the memory, see what the holder of a writable lock
 * writes, at once. The bytes reach the store with a flush, or some time after the lock was closed.
 *
 * <p>After {@link #close()} each access throws {@link IllegalStateException}. The views of {@link
 * #segment()} and {@link #buffer()} cannot be taken back: whoever took one must let go of it before
 * the lock is closed. A lock is used by the thread that took it; in a {@linkplain
 * VirtualMemoryBuilder#shared() shared} memory the accesses to one lock's bytes are not
 * synchronised.
 */
public final class PageLock implements AutoCloseable {
  private static final VarHandle SHORT = view(short[].class);
  private static final VarHandle CHAR = view(char[].class);
  private static final VarHandle INT = view(int[].class);
  private static final VarHandle LONG = view(long[].class);
  private static final VarHandle FLOAT = view(float[].class);
  private static final VarHandle DOUBLE = view(double[].class);

  private final PageCache cache;
  private final Hold hold;
  private final byte[] memory;
  private final int base;
  private final int size;

  PageLock(PageCache cache, Hold hold) {
    this.cache = cache;
    this.hold = hold;
    this.memory = cache.memory();
    this.base = hold.index();
    this.size = hold.size();
  }

  private static VarHandle view(Class<?> type) {
    return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Returns the first locked address.
   *
   * @return the address that was asked for
   */
  public long address() {
    return hold.address();
  }

  /**
   * Returns how much is locked.
   *
   * @return bytes, 1 to what was asked for
   */
  public int size() {
    return size;
  }

  /**
   * Tells whether the bytes may not be written.
   *
   * @return true if the lock was taken for reading
   */
  public boolean isReadOnly() {
    return !hold.isWritable();
  }

  /**
   * Returns the locked bytes as a segment. It must not be used after {@link #close()}.
   *
   * @return a view of {@link #size()} bytes, read-only if the lock is
   * @throws IllegalStateException if the lock is closed
   */
  public MemorySegment segment() {
    checkOpen();
    var segment = MemorySegment.ofArray(memory).asSlice(base, size);
    return hold.isWritable() ? segment : segment.asReadOnly();
  }

  /**
   * Returns the locked bytes as a buffer. It must not be used after {@link #close()}.
   *
   * @return a little-endian view from position 0 to {@link #size()}, read-only if the lock is
   * @throws IllegalStateException if the lock is closed
   */
  public ByteBuffer buffer() {
    checkOpen();
    var buffer = ByteBuffer.wrap(memory, base, size).slice();
    return (hold.isWritable() ? buffer : buffer.asReadOnlyBuffer()).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads a byte.
   *
   * @param offset from the start of the lock, in bytes
   * @return the byte
   * @throws IndexOutOfBoundsException if it is not locked
   * @throws IllegalStateException if the lock is closed
   */
  public byte getByte(int offset) {
    return memory[base + readable(offset, 1)];
  }

  /**
   * Writes a byte.
   *
   * @param offset from the start of the lock, in bytes
   * @param value the byte
   * @throws IndexOutOfBoundsException if it is not locked
   * @throws IllegalStateException if the lock is closed or read-only
   */
  public void setByte(int offset, byte value) {
    memory[base + writable(offset, 1)] = value;
  }

  /**
   * Reads 2 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @return the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed
   */
  public short getShort(int offset) {
    return (short) SHORT.get(memory, base + readable(offset, 2));
  }

  /**
   * Writes 2 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @param value the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed or read-only
   */
  public void setShort(int offset, short value) {
    SHORT.set(memory, base + writable(offset, 2), value);
  }

  /**
   * Reads a char of 2 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @return the char
   * @throws IndexOutOfBoundsException if it is not locked
   * @throws IllegalStateException if the lock is closed
   */
  public char getChar(int offset) {
    return (char) CHAR.get(memory, base + readable(offset, 2));
  }

  /**
   * Writes a char of 2 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @param value the char
   * @throws IndexOutOfBoundsException if it is not locked
   * @throws IllegalStateException if the lock is closed or read-only
   */
  public void setChar(int offset, char value) {
    CHAR.set(memory, base + writable(offset, 2), value);
  }

  /**
   * Reads 4 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @return the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed
   */
  public int getInt(int offset) {
    return (int) INT.get(memory, base + readable(offset, 4));
  }

  /**
   * Writes 4 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @param value the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed or read-only
   */
  public void setInt(int offset, int value) {
    INT.set(memory, base + writable(offset, 4), value);
  }

  /**
   * Reads 8 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @return the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed
   */
  public long getLong(int offset) {
    return (long) LONG.get(memory, base + readable(offset, 8));
  }

  /**
   * Writes 8 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @param value the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed or read-only
   */
  public void setLong(int offset, long value) {
    LONG.set(memory, base + writable(offset, 8), value);
  }

  /**
   * Reads a float of 4 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @return the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed
   */
  public float getFloat(int offset) {
    return (float) FLOAT.get(memory, base + readable(offset, 4));
  }

  /**
   * Writes a float of 4 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @param value the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed or read-only
   */
  public void setFloat(int offset, float value) {
    FLOAT.set(memory, base + writable(offset, 4), value);
  }

  /**
   * Reads a double of 8 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @return the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed
   */
  public double getDouble(int offset) {
    return (double) DOUBLE.get(memory, base + readable(offset, 8));
  }

  /**
   * Writes a double of 8 bytes.
   *
   * @param offset from the start of the lock, in bytes
   * @param value the number
   * @throws IndexOutOfBoundsException if they are not locked
   * @throws IllegalStateException if the lock is closed or read-only
   */
  public void setDouble(int offset, double value) {
    DOUBLE.set(memory, base + writable(offset, 8), value);
  }

  private int readable(int offset, int length) {
    try {
      return Objects.checkIndex(offset, hold.readable() - length + 1);
    } catch (IndexOutOfBoundsException e) {
      throw refused(offset, length, false);
    }
  }

  private int writable(int offset, int length) {
    try {
      return Objects.checkIndex(offset, hold.writable() - length + 1);
    } catch (IndexOutOfBoundsException e) {
      throw refused(offset, length, true);
    }
  }

  private RuntimeException refused(int offset, int length, boolean write) {
    checkOpen();
    if (write && !hold.isWritable()) {
      return new IllegalStateException("the lock at address " + address() + " is read-only");
    }
    return new IndexOutOfBoundsException(
        length + " bytes at offset " + offset + " of a lock of " + size + " bytes");
  }

  private void checkOpen() {
    if (hold.readable() == 0) {
      throw new IllegalStateException(
          "the lock at address " + address() + " is closed, or its memory is");
    }
  }

  /**
   * Gives the range back to the page cache. Does no I/O. A second call does nothing.
   *
   * @throws WrongThreadException if the memory is confined to another thread
   */
  @Override
  public void close() {
    cache.release(hold);
  }

  @Override
  public String toString() {
    return (hold.isWritable() ? "lock" : "read-only lock")
        + " of "
        + size
        + " bytes at "
        + address();
  }
}
