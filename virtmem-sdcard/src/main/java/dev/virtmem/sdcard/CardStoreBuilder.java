package dev.virtmem.sdcard;

import dev.virtmem.persist.PoolShape;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.FileStore;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.TransferCost;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Set;

/** Settings of a {@link CardStore}. */
public final class CardStoreBuilder {
  private static final byte[] POOL = {(byte) 0x89, 'V', 'M', 'P', 13, 10, 26, 10};

  /** Addresses below 16 are never used, so the file of a memory begins with as many zeros. */
  private static final int UNUSED = 16;

  private static final String EXTENDED = "com.sun.nio.file.ExtendedOpenOption";

  private static final int UNSET = -1;

  private final Path path;
  private long size = UNSET;
  private boolean readOnly;
  private boolean direct;
  private boolean remove;
  private TransferCost cost = FileStore.CARD;

  CardStoreBuilder(Path path) {
    this.path = Objects.requireNonNull(path, "path");
  }

  /**
   * Sets the size, which a new file is created with and an existing one must have.
   *
   * @param bytes a multiple of 4,096, at least that; that of the existing file if not set
   * @return this
   * @throws IllegalArgumentException if the size is no such multiple
   */
  public CardStoreBuilder size(long bytes) {
    if (bytes < CardStore.UNIT || bytes % CardStore.UNIT != 0) {
      throw new IllegalArgumentException(
          "the size of a pool file on a card must be a multiple of %d, got %d"
              .formatted(CardStore.UNIT, bytes));
    }
    this.size = bytes;
    return this;
  }

  /**
   * Opens the file for reading only. Other processes may read it as well then.
   *
   * @return this
   */
  public CardStoreBuilder readOnly() {
    this.readOnly = true;
    return this;
  }

  /**
   * Goes past the operating system's cache, so that the file takes no RAM but what the program
   * spends on it. Each transfer that is not aligned to 4 KiB then reads what is around it.
   *
   * @return this
   */
  public CardStoreBuilder direct() {
    this.direct = true;
    return this;
  }

  /**
   * Removes the file when the store is closed: for scratch data. A file of that name that exists
   * already is refused.
   *
   * @return this
   */
  public CardStoreBuilder removeAtClose() {
    this.remove = true;
    return this;
  }

  /**
   * Sets what the store claims that a transfer costs.
   *
   * @param figures the cost; {@link FileStore#CARD} if not set
   * @return this
   */
  public CardStoreBuilder cost(TransferCost figures) {
    this.cost = Objects.requireNonNull(figures, "figures");
    return this;
  }

  /**
   * Opens the file, or creates it if it is missing and a size is set. A new file is allocated in
   * full: if there is no room on the card, that shows now.
   *
   * @return an open store
   * @throws IllegalArgumentException if the settings contradict each other, or the file is missing
   *     and no size is set
   * @throws StoreException if the file is in use, has another size, is no pool, or cannot be opened
   *     or created
   */
  public CardStore open() {
    boolean exists = Files.exists(path);
    check(exists);
    if (!exists) {
      FileStore.create(path, size).close();
    }
    BackingStore file = FileStore.open(path, withUnit(), options());
    try {
      checkContents(file);
      return new CardStore(path, direct ? new AlignedStore(file) : file, remove);
    } catch (RuntimeException | Error e) {
      try {
        file.close();
      } catch (StoreException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private void check(boolean exists) {
    if (readOnly && remove) {
      throw new IllegalArgumentException(
          path + " cannot be read only and be removed when it is closed");
    }
    if (exists && remove) {
      throw new StoreException(path + " exists: it would be removed when it is closed");
    }
    if (!exists && (readOnly || size == UNSET)) {
      throw new IllegalArgumentException(
          "there is no file " + path + (readOnly ? "" : "; to create it set its size"));
    }
  }

  private TransferCost withUnit() {
    return new TransferCost(
        cost.readNanos(),
        cost.readNanosPerByte(),
        cost.writeNanos(),
        cost.writeNanosPerByte(),
        direct ? Math.max(cost.unit(), CardStore.UNIT) : cost.unit());
  }

  private Set<OpenOption> options() {
    Set<OpenOption> options = new HashSet<>();
    options.add(StandardOpenOption.READ);
    if (!readOnly) {
      options.add(StandardOpenOption.WRITE);
    }
    if (direct) {
      options.add(pastTheCache());
    }
    return options;
  }

  /** The JDK exports the option, but warns of each use of its type. */
  private static OpenOption pastTheCache() {
    try {
      for (Object option : Class.forName(EXTENDED).getEnumConstants()) {
        if (option.toString().equals("DIRECT")) {
          return (OpenOption) option;
        }
      }
    } catch (ClassNotFoundException e) {
      throw new StoreException("this JDK cannot go past the operating system's cache: " + e, e);
    }
    throw new StoreException("this JDK cannot go past the operating system's cache");
  }

  private void checkContents(BackingStore file) {
    long found = file.capacity();
    if (size != UNSET && found != size) {
      throw new StoreException(
          "pool file %s has %d bytes, but %d were asked for".formatted(path, found, size));
    }
    if (found % CardStore.UNIT != 0) {
      throw new StoreException(
          "%s is no pool file, or was truncated: it has %d bytes, no multiple of %d"
              .formatted(path, found, CardStore.UNIT));
    }
    byte[] first = Arrays.copyOf(unit(file, 0), UNUSED);
    boolean known = startsPool(first) || Arrays.equals(first, new byte[UNUSED]);
    if (!known && !hasSecondHeader(file)) {
      var hex = HexFormat.ofDelimiter(" ");
      throw new StoreException(
          "%s is no pool file: it begins with %s, not with %s or %d zeros"
              .formatted(path, hex.formatHex(first), hex.formatHex(POOL), UNUSED));
    }
  }

  /** A pool whose first header is damaged can be opened by its second one, in the last page. */
  private static boolean hasSecondHeader(BackingStore file) {
    for (int page = PoolShape.MIN_PAGE; page <= PoolShape.MAX_PAGE; page *= 2) {
      long offset = (file.capacity() / page - 1) * page;
      int in = (int) (offset % CardStore.UNIT);
      if (offset > 0 && startsPool(Arrays.copyOfRange(unit(file, offset - in), in, in + UNUSED))) {
        return true;
      }
    }
    return false;
  }

  private static boolean startsPool(byte[] bytes) {
    return Arrays.equals(Arrays.copyOf(bytes, POOL.length), POOL);
  }

  /** Reads as much as may be read of a file that is opened past the cache. */
  private static byte[] unit(BackingStore file, long offset) {
    byte[] bytes = new byte[CardStore.UNIT];
    file.read(offset, bytes, 0, bytes.length);
    return bytes;
  }
}
