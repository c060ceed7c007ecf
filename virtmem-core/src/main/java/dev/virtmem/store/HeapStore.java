package dev.virtmem.store;

import java.util.Objects;

/**
 * A store in ordinary memory: for tests, for simulations, and as the RAM that a host lends. Its
 * bytes are zero at first.
 */
public final class HeapStore implements BackingStore {
  private final byte[] memory;
  private final TransferCost cost;
  private final StoreState state;

  /**
   * Creates a store of zeros that costs what memory costs.
   *
   * @param capacity bytes, 1 to 2,147,483,639
   */
  public HeapStore(long capacity) {
    this(capacity, TransferCost.MEMORY);
  }

  /**
   * Creates a store of zeros that claims the cost of another device, so that a memory over it is
   * laid out as it would be over that device.
   *
   * @param capacity bytes, 1 to 2,147,483,639
   * @param cost what to claim
   * @throws IllegalArgumentException if the capacity is out of range
   */
  public HeapStore(long capacity, TransferCost cost) {
    if (capacity < 1 || capacity > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "a heap store holds 1 to " + (Integer.MAX_VALUE - 8) + " bytes, got " + capacity);
    }
    this.memory = new byte[(int) capacity];
    this.cost = Objects.requireNonNull(cost, "cost");
    this.state = new StoreState(this, capacity);
  }

  @Override
  public long capacity() {
    return memory.length;
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    state.check(offset, target.length());
    target.put(0, memory, (int) offset, target.length());
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    state.check(offset, source.length());
    source.get(0, memory, (int) offset, source.length());
  }

  @Override
  public void sync() {
    state.checkOpen();
  }

  @Override
  public TransferCost cost() {
    return cost;
  }

  @Override
  public void close() {
    state.close();
  }

  @Override
  public String toString() {
    return "heap:" + memory.length;
  }
}
