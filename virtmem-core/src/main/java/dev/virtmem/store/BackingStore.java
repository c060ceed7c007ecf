package dev.virtmem.store;

/**
 * Memory at the other end of a transfer: a chip, a file, another computer, or the heap.
 *
 * <p>The contract, which {@code BackingStoreContract} in the tests of this module checks for every
 * store:
 *
 * <ul>
 *   <li>Offsets are absolute, in bytes, from 0 to {@link #capacity()}; a store keeps no position.
 *   <li>A transfer does all of its bytes or throws. After a failed write the bytes of its range are
 *       undefined until they are written again; all others are as before.
 *   <li>A read gives what was written last to each byte. What an unwritten byte holds is undefined.
 *   <li>One call of {@link #read(long, TransferBuffer) read} or {@link #write(long, TransferBuffer)
 *       write} is one transfer where the device can do it in one, however many pieces the buffer
 *       has.
 *   <li>After {@link #close()} each call but {@code close}, {@code capacity}, {@code cost} and
 *       {@code toString} throws {@link StoreException}.
 *   <li>A store is used by one thread at a time. Its user provides for that.
 * </ul>
 */
public interface BackingStore extends AutoCloseable {

  /**
   * Returns the size of this store.
   *
   * @return the capacity in bytes, at least 1; it never changes
   */
  long capacity();

  /**
   * Reads {@code target.length()} bytes from {@code offset}.
   *
   * @param offset where to read, in bytes, from 0
   * @param target receives the bytes; the store keeps no reference to it
   * @throws IndexOutOfBoundsException if the range leaves the store; nothing is transferred then
   * @throws StoreException if the device fails or the store is closed
   */
  void read(long offset, TransferBuffer target);

  /**
   * Writes {@code source.length()} bytes to {@code offset}.
   *
   * @param offset where to write, in bytes, from 0
   * @param source the bytes; the store neither changes it nor keeps a reference to it
   * @throws IndexOutOfBoundsException if the range leaves the store; nothing is transferred then
   * @throws StoreException if the device fails or the store is closed
   */
  void write(long offset, TransferBuffer source);

  /**
   * Makes everything written so far as durable as the device allows. Does nothing on a device
   * without a cache of its own.
   *
   * @throws StoreException if the device fails or the store is closed
   */
  void sync();

  /**
   * Says what a transfer costs, from which a memory derives its page size, fetch size and the gaps
   * that it writes along.
   *
   * @return the cost; it never changes
   */
  TransferCost cost();

  /**
   * Gives the device back. A second call does nothing.
   *
   * @throws StoreException if the device reports an error while it is closed
   */
  @Override
  void close();

  /**
   * Reads into a part of an array.
   *
   * @param offset where to read, in bytes, from 0
   * @param target receives the bytes
   * @param from the first index in {@code target}
   * @param length the number of bytes, at least 0
   * @throws IndexOutOfBoundsException if a range leaves the store or the array
   * @throws StoreException if the device fails or the store is closed
   */
  default void read(long offset, byte[] target, int from, int length) {
    read(offset, TransferBuffer.of(target, from, length));
  }

  /**
   * Writes a part of an array.
   *
   * @param offset where to write, in bytes, from 0
   * @param source the bytes
   * @param from the first index in {@code source}
   * @param length the number of bytes, at least 0
   * @throws IndexOutOfBoundsException if a range leaves the store or the array
   * @throws StoreException if the device fails or the store is closed
   */
  default void write(long offset, byte[] source, int from, int length) {
    write(offset, TransferBuffer.of(source, from, length));
  }
}
