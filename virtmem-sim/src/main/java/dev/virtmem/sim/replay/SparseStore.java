package dev.virtmem.sim.replay;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreState;
import dev.virtmem.store.TransferBuffer;
import dev.virtmem.store.TransferCost;
import java.util.HashMap;
import java.util.Map;

/**
 * A store of zeros as large as an address space, which takes RAM only for what was written: a trace
 * may have any addresses.
 */
final class SparseStore implements BackingStore {
  private static final int CHUNK = 4096;

  /** More than any trace has addresses. */
  static final long LARGEST = 1L << 62;

  private final Map<Long, byte[]> chunks = new HashMap<>();
  private final byte[] zeros = new byte[CHUNK];
  private final long capacity;
  private final TransferCost cost;
  private final StoreState state;

  SparseStore(long capacity, TransferCost cost) {
    this.capacity = capacity;
    this.cost = cost;
    this.state = new StoreState(this, capacity);
  }

  @Override
  public long capacity() {
    return capacity;
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    state.check(offset, target.length());
    for (int done = 0; done < target.length(); ) {
      long at = offset + done;
      int part = part(at, target.length() - done);
      byte[] chunk = chunks.getOrDefault(at / CHUNK, zeros);
      target.put(done, chunk, (int) (at % CHUNK), part);
      done += part;
    }
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    state.check(offset, source.length());
    for (int done = 0; done < source.length(); ) {
      long at = offset + done;
      int part = part(at, source.length() - done);
      byte[] chunk = chunks.computeIfAbsent(at / CHUNK, number -> new byte[CHUNK]);
      source.get(done, chunk, (int) (at % CHUNK), part);
      done += part;
    }
  }

  private static int part(long at, int most) {
    return Math.min(most, CHUNK - (int) (at % CHUNK));
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
    if (state.close()) {
      chunks.clear();
    }
  }

  @Override
  public String toString() {
    return "sparse store";
  }
}
