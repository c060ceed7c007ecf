package dev.virtmem;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;

/** Survives the memory that was opened over it, as a device survives the program that used it. */
final class KeptStore extends ForwardingStore {
  KeptStore(BackingStore delegate) {
    super(delegate);
  }

  @Override
  public void close() {
    // The bytes are to be looked at, or opened again.
  }

  byte[] bytes() {
    var all = new byte[(int) capacity()];
    delegate().read(0, all, 0, all.length);
    return all;
  }
}
