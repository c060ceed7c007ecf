package dev.virtmem.sdcard;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.TransferBuffer;

/**
 * Widens each transfer to multiples of 4 KiB, as files that are opened past the cache demand it. A
 * write reads what it must not change in the first and the last of them. Owns a buffer of 64 KiB,
 * in parts of which transfers are done.
 */
final class AlignedStore extends ForwardingStore {
  private static final int UNIT = CardStore.UNIT;
  private static final int WINDOW = 64 * 1024;

  private final byte[] window = new byte[WINDOW];

  /** Creates a decorator of a store whose capacity is a multiple of 4 KiB. */
  AlignedStore(BackingStore delegate) {
    super(delegate);
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    check(offset, target);
    for (int done = 0; done < target.length(); ) {
      long at = offset + done;
      int skip = (int) (at % UNIT);
      int length = Math.min(WINDOW - skip, target.length() - done);
      delegate().read(at - skip, window, 0, up(skip + length));
      target.put(done, window, skip, length);
      done += length;
    }
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    check(offset, source);
    for (int done = 0; done < source.length(); ) {
      long at = offset + done;
      int skip = (int) (at % UNIT);
      int length = Math.min(WINDOW - skip, source.length() - done);
      int wide = up(skip + length);
      if (skip > 0) {
        delegate().read(at - skip, window, 0, UNIT);
      }
      boolean lastIsPartial = skip + length < wide;
      if (lastIsPartial && (skip == 0 || wide > UNIT)) {
        delegate().read(at - skip + wide - UNIT, window, wide - UNIT, UNIT);
      }
      source.get(done, window, skip, length);
      delegate().write(at - skip, window, 0, wide);
      done += length;
    }
  }

  /** Lets the store below refuse what is out of range or after its close, whatever the length. */
  private void check(long offset, TransferBuffer buffer) {
    boolean inside = offset >= 0 && offset <= capacity() - buffer.length();
    if (!inside || buffer.length() == 0) {
      delegate().read(offset, buffer);
    }
  }

  private static int up(int bytes) {
    return (bytes + UNIT - 1) & -UNIT;
  }
}
