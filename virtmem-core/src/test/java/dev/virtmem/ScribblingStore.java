package dev.virtmem;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferBuffer;
import java.util.Arrays;

/** Leaves garbage in the whole range of a write that fails, as the contract of stores allows. */
final class ScribblingStore extends ForwardingStore {
  private final BackingStore device;

  /**
   * Creates a decorator.
   *
   * @param failing a decorator of the device whose writes may fail
   * @param device what the garbage is written to
   */
  ScribblingStore(BackingStore failing, BackingStore device) {
    super(failing);
    this.device = device;
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    try {
      super.write(offset, source);
    } catch (StoreException e) {
      var garbage = new byte[source.length()];
      Arrays.fill(garbage, (byte) 0x5a);
      device.write(offset, garbage, 0, garbage.length);
      throw e;
    }
  }
}
