package dev.virtmem.store;

/** The calls of a {@link BackingStore} that reach its device. */
public enum StoreOperation {
  /** {@link BackingStore#read(long, TransferBuffer)}. */
  READ,
  /** {@link BackingStore#write(long, TransferBuffer)}. */
  WRITE,
  /** {@link BackingStore#sync()}. */
  SYNC
}
