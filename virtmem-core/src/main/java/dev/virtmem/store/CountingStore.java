package dev.virtmem.store;

/** Counts the transfers and bytes that reach the store below and were done without an error. */
public final class CountingStore extends ForwardingStore {
  private long reads;
  private long writes;
  private long bytesRead;
  private long bytesWritten;
  private double modelledNanos;

  /**
   * Creates a counter at zero.
   *
   * @param delegate the store below
   */
  public CountingStore(BackingStore delegate) {
    super(delegate);
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    delegate().read(offset, target);
    reads++;
    bytesRead += target.length();
    modelledNanos += cost().readTime(target.length());
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    delegate().write(offset, source);
    writes++;
    bytesWritten += source.length();
    modelledNanos += cost().writeTime(source.length());
  }

  /**
   * Returns what was counted since the start or the last {@link #reset()}.
   *
   * @return a snapshot
   */
  public Traffic traffic() {
    return new Traffic(reads, writes, bytesRead, bytesWritten);
  }

  /**
   * Returns the time that the counted transfers take by the store's {@link #cost()}.
   *
   * @return seconds
   */
  public double modelledSeconds() {
    return modelledNanos / 1e9;
  }

  /** Sets all counts to zero. */
  public void reset() {
    reads = 0;
    writes = 0;
    bytesRead = 0;
    bytesWritten = 0;
    modelledNanos = 0;
  }
}
