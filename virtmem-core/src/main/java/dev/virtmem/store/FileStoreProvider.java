package dev.virtmem.store;

import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Opens a {@link FileStore} as {@code file:PATH?size=SIZE}, and creates it if it is missing. The
 * size of an existing file may be left out. Used through {@link Stores#open(String)}.
 */
public final class FileStoreProvider implements StoreProvider {

  /** Creates the provider; for {@link java.util.ServiceLoader}. */
  public FileStoreProvider() {}

  @Override
  public String scheme() {
    return "file";
  }

  @Override
  public String syntax() {
    return "file:PATH[?size=SIZE]";
  }

  @Override
  public BackingStore open(StoreUri uri) {
    long size = uri.size("size", -1);
    uri.checkAllUsed();
    if (uri.rest().isEmpty()) {
      throw new IllegalArgumentException("no path in " + uri + "; the form is " + syntax());
    }
    Path path = Path.of(uri.rest());
    if (size >= 0) {
      return FileStore.openOrCreate(path, size);
    }
    if (!Files.exists(path)) {
      throw new IllegalArgumentException(
          "there is no file " + path + "; to create it add its size: " + syntax());
    }
    return FileStore.open(path);
  }
}
