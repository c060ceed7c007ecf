package dev.virtmem.serial;

import dev.virtmem.store.StoreUri;

/** The parameters that the URIs of all lines share. */
final class UriSettings {
  static final String SYNTAX =
      "?size=SIZE[&protocol=auto|checked|plain][&timeout=MILLIS][&reconnect=MILLIS]";

  private static final long MILLI = 1_000_000;
  private static final int MAX_MILLIS = 3_600_000;

  private UriSettings() {}

  /** Takes the settings from a URI, and checks that it has no others. */
  static SerialStoreBuilder of(StoreUri uri, Connector connector, int baud) {
    SerialStoreBuilder builder =
        SerialStore.builder(connector)
            .baud(baud)
            .size(uri.size("size", 1 << 20))
            .protocol(uri.choice("protocol", Protocol.AUTO))
            .timeout(uri.number("timeout", 1000, 10, MAX_MILLIS) * MILLI)
            .reconnect(uri.number("reconnect", 500, 0, MAX_MILLIS) * MILLI);
    uri.checkAllUsed();
    return builder;
  }

  static int baud(StoreUri uri, int fallback) {
    return (int) uri.number("baud", fallback, 300, 1_000_000_000);
  }
}
