package dev.virtmem.store;

/**
 * The part of the store contract that every store has to check in the same way: open or closed, and
 * the range of a transfer. For authors of stores.
 */
public final class StoreState {
  private final BackingStore store;
  private final long capacity;
  private boolean closed;

  /**
   * Creates the state of an open store.
   *
   * @param store whose state it is; named in messages by its {@code toString}
   * @param capacity the store's capacity in bytes
   */
  public StoreState(BackingStore store, long capacity) {
    this.store = store;
    this.capacity = capacity;
  }

  /**
   * Checks that a transfer may take place.
   *
   * @param offset first byte, from 0
   * @param length number of bytes
   * @throws StoreException if the store is closed
   * @throws IndexOutOfBoundsException if the range leaves the store
   */
  public void check(long offset, int length) {
    if (closed) {
      throw closedError();
    }
    if (offset < 0 || offset > capacity - length) {
      throw outside(offset, length);
    }
  }

  private IndexOutOfBoundsException outside(long offset, int length) {
    return new IndexOutOfBoundsException(
        "transfer of "
            + length
            + " bytes at offset "
            + offset
            + " leaves the "
            + capacity
            + " bytes of "
            + store);
  }

  /**
   * Checks that the store is open.
   *
   * @throws StoreException if it is closed
   */
  public void checkOpen() {
    if (closed) {
      throw closedError();
    }
  }

  /**
   * Marks the store as closed.
   *
   * @return true if it was open, so that a second {@code close} can do nothing
   */
  public boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  private StoreException closedError() {
    return new StoreException(store + " is closed");
  }
}
