package dev.virtmem.store;

import java.util.Objects;

/** Tells a listener of each operation that the store below has done without an error. */
public final class TracingStore extends ForwardingStore {
  private final Listener listener;

  /** Hears of the operations of a {@link TracingStore}. */
  @FunctionalInterface
  public interface Listener {

    /**
     * Is called after each operation, in the thread that asked for it. What this method throws
     * reaches the caller of the operation, which has taken place by then.
     *
     * @param operation what was done
     * @param offset first byte of the transfer, 0 for a sync
     * @param length bytes of the transfer, 0 for a sync
     */
    void done(StoreOperation operation, long offset, int length);
  }

  /**
   * Creates a decorator.
   *
   * @param delegate the store below, owned by the decorator from now on
   * @param listener hears of each operation
   */
  public TracingStore(BackingStore delegate, Listener listener) {
    super(delegate);
    this.listener = Objects.requireNonNull(listener, "listener");
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    delegate().read(offset, target);
    listener.done(StoreOperation.READ, offset, target.length());
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    delegate().write(offset, source);
    listener.done(StoreOperation.WRITE, offset, source.length());
  }

  @Override
  public void sync() {
    delegate().sync();
    listener.done(StoreOperation.SYNC, 0, 0);
  }
}
