package dev.virtmem.serial;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;

/**
 * Opens {@code serial:PORT}, for instance {@code serial:/dev/ttyUSB0?baud=1000000&size=1M}: a
 * {@link SerialStore}. Parameters: {@code baud} (115,200); {@code size} of the pool (1M); {@code
 * protocol}, {@code auto}, {@code checked} or {@code plain}; {@code timeout}, without a sign of
 * life, in ms (1000); {@code reconnect}, how long to try to open a lost port again, in ms (500).
 */
public final class SerialStoreProvider implements StoreProvider {

  /** Creates the provider, for {@link java.util.ServiceLoader}. */
  public SerialStoreProvider() {}

  @Override
  public String scheme() {
    return "serial";
  }

  @Override
  public String syntax() {
    return "serial:PORT" + UriSettings.SYNTAX + "[&baud=BAUD]";
  }

  @Override
  public BackingStore open(StoreUri uri) {
    if (uri.rest().isEmpty()) {
      throw new IllegalArgumentException("no port in " + uri + "; the form is " + syntax());
    }
    int baud = UriSettings.baud(uri, SerialStoreBuilder.DEFAULT_BAUD);
    return UriSettings.of(uri, Lines.port(uri.rest(), baud), baud).open();
  }
}
