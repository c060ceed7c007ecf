package dev.virtmem.store;

import java.util.Objects;

/**
 * Base class of decorators: passes every call on to another store. Closing the decorator closes the
 * store below.
 */
public abstract class ForwardingStore implements BackingStore {
  private final BackingStore delegate;

  /**
   * Creates a decorator.
   *
   * @param delegate the store below, owned by the decorator from now on
   */
  protected ForwardingStore(BackingStore delegate) {
    this.delegate = Objects.requireNonNull(delegate, "delegate");
  }

  /**
   * Returns the store below.
   *
   * @return the store that was given to the constructor
   */
  protected final BackingStore delegate() {
    return delegate;
  }

  @Override
  public long capacity() {
    return delegate.capacity();
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    delegate.read(offset, target);
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    delegate.write(offset, source);
  }

  @Override
  public void sync() {
    delegate.sync();
  }

  @Override
  public TransferCost cost() {
    return delegate.cost();
  }

  @Override
  public void close() {
    delegate.close();
  }

  @Override
  public String toString() {
    return delegate.toString();
  }
}
