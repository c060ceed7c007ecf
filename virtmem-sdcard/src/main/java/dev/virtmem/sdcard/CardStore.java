package dev.virtmem.sdcard;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.ForwardingStore;
import dev.virtmem.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A pool in a file on a memory card, or on any disk. The file is allocated in full when it is
 * created and never grows, is private to its owner where the file system knows owners, and is
 * locked against other stores in this and other processes. Transfers are joined up to 64 KiB. A
 * file whose first 16 bytes are neither zeros nor those of a persistent pool is refused.
 *
 * <p>On its own it is a scratch pool: a memory over it starts anew. For a pool that survives power
 * cuts use {@link dev.virtmem.VirtualMemoryBuilder#openPersistent()}.
 */
public final class CardStore extends ForwardingStore {
  /** What a card's transfers should be aligned to, in bytes. */
  public static final int UNIT = 4096;

  private final Path path;
  private final WearStore wear;
  private final boolean remove;

  CardStore(Path path, BackingStore file, boolean remove) {
    this(path, new WearStore(file), remove);
  }

  private CardStore(Path path, WearStore wear, boolean remove) {
    super(wear);
    this.path = path;
    this.wear = wear;
    this.remove = remove;
  }

  /**
   * Starts to open a file.
   *
   * @param path the file
   * @return a builder
   */
  public static CardStoreBuilder builder(Path path) {
    return new CardStoreBuilder(path);
  }

  /**
   * Returns what was written since the store was opened.
   *
   * @return a snapshot
   */
  public Wear wear() {
    return wear.wear();
  }

  /**
   * Closes the file, and removes it if that was asked for.
   *
   * @throws StoreException if it cannot be closed or removed
   */
  @Override
  public void close() {
    super.close();
    if (remove) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException e) {
        throw new StoreException("cannot remove pool file " + path + ": " + e, e);
      }
    }
  }

  @Override
  public String toString() {
    return "sd:" + path;
  }
}
