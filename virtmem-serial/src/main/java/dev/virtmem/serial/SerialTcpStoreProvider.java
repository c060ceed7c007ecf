package dev.virtmem.serial;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Opens {@code serial-tcp://HOST:PORT}: a {@link SerialStore} over TCP, to a serial server or an
 * emulated board. Parameters as for {@link SerialStoreProvider}; {@code baud} is the rate of the
 * line behind the server (1,000,000).
 */
public final class SerialTcpStoreProvider implements StoreProvider {
  private static final Pattern PLACE = Pattern.compile("//(\\[[^]]+]|[^:/]+):(\\d{1,5})/?");
  private static final int DEFAULT_BAUD = 1_000_000;

  /** Creates the provider, for {@link java.util.ServiceLoader}. */
  public SerialTcpStoreProvider() {}

  @Override
  public String scheme() {
    return "serial-tcp";
  }

  @Override
  public String syntax() {
    return "serial-tcp://HOST:PORT" + UriSettings.SYNTAX + "[&baud=BAUD]";
  }

  @Override
  public BackingStore open(StoreUri uri) {
    Matcher place = PLACE.matcher(uri.rest());
    if (!place.matches()) {
      throw new IllegalArgumentException(
          "no host and port in " + uri + "; the form is " + syntax());
    }
    int baud = UriSettings.baud(uri, DEFAULT_BAUD);
    var connector = Lines.tcp(place.group(1), Integer.parseInt(place.group(2)));
    return UriSettings.of(uri, connector, baud).open();
  }
}
