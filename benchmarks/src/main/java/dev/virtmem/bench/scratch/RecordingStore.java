package dev.virtmem.bench.scratch;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.TransferBuffer;
import java.util.Arrays;

/** Remembers all transfers, in 12 bytes each. */
final class RecordingStore extends ForwardingStore {
  private long[] offsets = new long[1 << 12];

  /** Above 0 for a read, below for a write. */
  private int[] lengths = new int[offsets.length];

  private int count;

  RecordingStore(BackingStore delegate) {
    super(delegate);
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    delegate().read(offset, target);
    add(offset, target.length());
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    delegate().write(offset, source);
    add(offset, -source.length());
  }

  private void add(long offset, int length) {
    if (count == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * count);
      lengths = Arrays.copyOf(lengths, 2 * count);
    }
    offsets[count] = offset;
    lengths[count++] = length;
  }

  int count() {
    return count;
  }

  long offset(int transfer) {
    return offsets[transfer];
  }

  int length(int transfer) {
    return lengths[transfer];
  }

  void forget() {
    count = 0;
  }
}
