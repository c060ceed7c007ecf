package dev.virtmem.sdcard;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreProvider;
import dev.virtmem.store.StoreUri;
import dev.virtmem.store.Stores;
import java.nio.file.Path;

/**
 * Opens a {@link CardStore} as {@code sd:PATH?size=SIZE}, and creates the file if it is missing.
 * Parameters: {@code size}, which may be left out if the file exists; {@code mode}, {@code rw} or
 * {@code ro}; {@code direct}, whether to go past the operating system's cache; {@code keep}, {@code
 * no} to remove the file when the store is closed. Used through {@link Stores#open(String)}.
 */
public final class CardStoreProvider implements StoreProvider {

  private enum Mode {
    RW,
    RO
  }

  /** Creates the provider; for {@link java.util.ServiceLoader}. */
  public CardStoreProvider() {}

  @Override
  public String scheme() {
    return "sd";
  }

  @Override
  public String syntax() {
    return "sd:PATH[?size=SIZE][&mode=rw|ro][&direct=yes][&keep=no]";
  }

  @Override
  public BackingStore open(StoreUri uri) {
    long size = uri.size("size", -1);
    Mode mode = uri.choice("mode", Mode.RW);
    boolean direct = uri.flag("direct", false);
    boolean keep = uri.flag("keep", true);
    uri.checkAllUsed();
    if (uri.rest().isEmpty()) {
      throw new IllegalArgumentException("no path in " + uri + "; the form is " + syntax());
    }
    var builder = CardStore.builder(Path.of(uri.rest()));
    if (size >= 0) {
      builder.size(size);
    }
    if (mode == Mode.RO) {
      builder.readOnly();
    }
    if (direct) {
      builder.direct();
    }
    if (!keep) {
      builder.removeAtClose();
    }
    return builder.open();
  }
}
