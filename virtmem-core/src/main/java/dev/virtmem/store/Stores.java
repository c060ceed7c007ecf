package dev.virtmem.store;

import java.util.List;
import java.util.ServiceLoader;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Opens stores by URI, so that a program can let its user choose the device. Each {@link
 * StoreProvider} on the module path or class path adds a scheme.
 */
public final class Stores {
  private Stores() {}

  /**
   * Opens the store that a URI names.
   *
   * @param uri such as {@code heap:1M} or {@code file:/var/pool?size=64M}; see {@link StoreUri} and
   *     {@link #syntaxes()}
   * @return an open store, owned by the caller
   * @throws IllegalArgumentException if the scheme, a parameter or a value is unknown; the message
   *     says what exists
   * @throws StoreException if the device cannot be opened
   * @throws IllegalStateException if two providers have the same scheme
   */
  public static BackingStore open(String uri) {
    return open(uri, ServiceLoader.load(StoreProvider.class));
  }

  static BackingStore open(String uri, Iterable<StoreProvider> candidates) {
    StoreUri parsed = StoreUri.parse(uri);
    SortedMap<String, StoreProvider> providers = byScheme(candidates);
    StoreProvider provider = providers.get(parsed.scheme());
    if (provider == null) {
      throw new IllegalArgumentException(
          "no store has the scheme '"
              + parsed.scheme()
              + "' of "
              + uri
              + "; there are "
              + String.join(", ", syntaxes(providers)));
    }
    return provider.open(parsed);
  }

  /**
   * Returns the forms of all URIs that {@link #open(String)} knows.
   *
   * @return one line per scheme, such as {@code heap:SIZE}, in the order of the schemes
   * @throws IllegalStateException if two providers have the same scheme
   */
  public static List<String> syntaxes() {
    return syntaxes(byScheme(ServiceLoader.load(StoreProvider.class)));
  }

  private static List<String> syntaxes(SortedMap<String, StoreProvider> providers) {
    return providers.values().stream().map(StoreProvider::syntax).toList();
  }

  private static SortedMap<String, StoreProvider> byScheme(Iterable<StoreProvider> candidates) {
    var providers = new TreeMap<String, StoreProvider>();
    for (StoreProvider provider : candidates) {
      StoreProvider other = providers.putIfAbsent(provider.scheme(), provider);
      if (other != null) {
        throw new IllegalStateException(
            "two providers have the scheme '"
                + provider.scheme()
                + "': "
                + other.getClass().getName()
                + " and "
                + provider.getClass().getName());
      }
    }
    return providers;
  }
}
