package dev.virtmem.cli;

import dev.virtmem.PersistentPool;
import dev.virtmem.VirtualMemory;
import dev.virtmem.persist.PersistentStore;
import dev.virtmem.sdcard.CardStore;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.Stores;
import java.nio.file.Path;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;

/** Which pool a command is about. */
final class PoolArgument {
  private static final Pattern URI = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]+:.*");
  private static final int RAM = 1 << 20;

  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The pool: a file, or the URI of a store that holds one.")
  String name;

  boolean isUri() {
    return URI.matcher(name).matches();
  }

  Path path() {
    return Path.of(name);
  }

  /** Opens the store, for reading only where it is a file. */
  BackingStore openStore(CommandSpec spec) {
    return Errors.usage(
        spec, () -> isUri() ? Stores.open(name) : CardStore.builder(path()).readOnly().open());
  }

  /** Opens the pool on a store as of its last commit; it closes the store. */
  static PersistentPool openPool(BackingStore store) {
    return openPool(PersistentStore.openReadOnly(store));
  }

  static PersistentPool openPool(PersistentStore pool) {
    return VirtualMemory.builder(pool).ram(RAM).openPersistent();
  }
}
