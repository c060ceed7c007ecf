package dev.virtmem.store;

/**
 * Opens stores of one URI scheme. Found by {@link java.util.ServiceLoader}: a module declares
 * {@code provides StoreProvider with ...}, a jar on the class path has a file {@code
 * META-INF/services/dev.virtmem.store.StoreProvider}.
 */
public interface StoreProvider {

  /**
   * Returns the scheme that this provider serves.
   *
   * @return lower case, without the colon, such as {@code heap}
   */
  String scheme();

  /**
   * Returns the form of this provider's URIs for help texts and error messages.
   *
   * @return one line, such as {@code heap:SIZE}
   */
  String syntax();

  /**
   * Opens a store.
   *
   * @param uri what to open; its scheme is this provider's. The provider asks it for each parameter
   *     that it knows and then calls {@link StoreUri#checkAllUsed()}
   * @return an open store, owned by the caller
   * @throws IllegalArgumentException if a parameter is unknown, missing or out of range; the
   *     message says what is allowed
   * @throws StoreException if the device cannot be opened
   */
  BackingStore open(StoreUri uri);
}
