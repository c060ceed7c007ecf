package dev.virtmem.spiram;

import dev.virtmem.store.BackingStore;

/** A store that counts what {@link Verification} has to do for it. */
public interface VerifiedStore extends BackingStore {

  /**
   * Returns what verification had to do since the store was opened, opening included. May be called
   * after {@code close}.
   *
   * @return a snapshot; for several chips, their sum
   */
  Verification.Counts counts();

  /**
   * Returns the size of the buffers that verification keeps, beside those of the driver below.
   *
   * @return bytes, without the headers of arrays; never changes
   */
  int bufferBytes();
}
