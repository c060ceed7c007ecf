package dev.virtmem.store;

/** Opens a {@link HeapStore} as {@code heap:SIZE}. Used through {@link Stores#open(String)}. */
public final class HeapStoreProvider implements StoreProvider {

  /** Creates the provider; for {@link java.util.ServiceLoader}. */
  public HeapStoreProvider() {}

  @Override
  public String scheme() {
    return "heap";
  }

  @Override
  public String syntax() {
    return "heap:SIZE";
  }

  @Override
  public BackingStore open(StoreUri uri) {
    uri.checkAllUsed();
    return new HeapStore(StoreUri.parseSize("SIZE of heap:SIZE", uri.rest()));
  }
}
