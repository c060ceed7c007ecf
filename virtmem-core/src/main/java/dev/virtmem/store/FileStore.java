package dev.virtmem.store;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;

/**
 * A pool in a plain file that keeps its bytes when it is closed. The file has the size of the pool
 * from the start, is private to its owner where the file system knows owners, and is locked against
 * other stores, in this JVM and in others, until the store is closed.
 *
 * <p>A store owns one direct buffer of 64 KiB, or of the capacity if that is less, through which
 * all transfers go in parts. It is no part of the RAM budget of a memory over the store. Transfers
 * allocate nothing.
 *
 * <p>A transfer is not atomic: a power cut leaves any part of it on the disk. An interrupt of the
 * thread neither stops a transfer nor harms the store; the thread stays interrupted. On POSIX
 * systems the lock is lost when other code of the same JVM opens the file and closes it again.
 */
public final class FileStore implements BackingStore {
  /**
   * The cost that a file claims unless told otherwise, that of an SD card of application
   * performance class A1: 0.5 ms and 50 ns per byte for a read, 1.5 ms and 100 ns per byte for a
   * write, in sectors of 512 bytes. Random transfers of 4 KiB come to about what the class stands
   * for, 1,500 reads or 500 writes a second, and long writes to 10 MB/s.
   */
  public static final TransferCost CARD = new TransferCost(500_000, 50, 1_500_000, 100, 512);

  private static final int BUFFER_SIZE = 64 * 1024;
  private static final int ALIGNMENT = 4096;
  private static final Set<OpenOption> READ_WRITE = Set.of(READ, WRITE);

  private final Path path;
  private final LockedFile file;
  private final long capacity;
  private final TransferCost cost;
  private final ByteBuffer buffer;
  private final boolean readOnly;
  private final StoreState state;

  private FileStore(
      Path path, LockedFile file, long capacity, TransferCost cost, Set<OpenOption> options) {
    this.path = path;
    this.file = file;
    this.capacity = capacity;
    this.state = new StoreState(this, capacity);
    this.cost = Objects.requireNonNull(cost, "cost");
    this.readOnly = !options.contains(WRITE);
    this.buffer = buffer(capacity, options);
  }

  /** What goes past the operating system's cache must come from aligned memory. */
  private static ByteBuffer buffer(long capacity, Set<OpenOption> options) {
    int size = (int) Math.min(capacity, BUFFER_SIZE);
    boolean plain = READ_WRITE.containsAll(options);
    return plain
        ? ByteBuffer.allocateDirect(size)
        : ByteBuffer.allocateDirect(size + ALIGNMENT).alignedSlice(ALIGNMENT).limit(size).slice();
  }

  /**
   * Creates a file of zeros, all of them written, so that a full disk shows now and not later. If
   * that fails, no file is left.
   *
   * @param path where; nothing must be there
   * @param capacity bytes, at least 1
   * @return an open store of {@link #CARD} cost
   * @throws IllegalArgumentException if the capacity is below 1
   * @throws StoreException if the file exists, or cannot be created or filled
   */
  public static FileStore create(Path path, long capacity) {
    return create(path, capacity, CARD);
  }

  /**
   * Opens an existing file, whose size is the capacity.
   *
   * @param path the file
   * @return an open store of {@link #CARD} cost
   * @throws StoreException if the file is missing, empty or in use, or cannot be opened
   */
  public static FileStore open(Path path) {
    return open(path, CARD, READ_WRITE);
  }

  /**
   * Opens an existing file in a way of one's own: for reading only, or past the cache of the
   * operating system. The buffer of the store is aligned to 4 KiB if there are other options than
   * these two; transfers that the options demand to be aligned are the caller's to align.
   *
   * @param path the file
   * @param cost what to claim
   * @param options {@code READ}, and {@code WRITE} unless the store is only to be read, in which
   *     case other processes may read it as well; others as {@link java.nio.channels.FileChannel}
   *     has them
   * @return an open store
   * @throws StoreException if the file is missing, empty or in use, or cannot be opened
   */
  public static FileStore open(Path path, TransferCost cost, Set<OpenOption> options) {
    return lock(path, 0, cost, options, false);
  }

  /**
   * Opens a file, or {@linkplain #create creates} it if it is missing.
   *
   * @param path the file
   * @param capacity bytes, at least 1; an existing file must have this size
   * @return an open store of {@link #CARD} cost
   * @throws IllegalArgumentException if the capacity is below 1
   * @throws StoreException if an existing file has another size or is in use, or the file cannot be
   *     opened, created or filled
   */
  public static FileStore openOrCreate(Path path, long capacity) {
    return openOrCreate(path, capacity, CARD);
  }

  /**
   * Opens a file, or {@linkplain #create creates} it if it is missing, and claims the cost of
   * another device than a card.
   *
   * @param path the file
   * @param capacity bytes, at least 1; an existing file must have this size
   * @param cost what to claim
   * @return an open store
   * @throws IllegalArgumentException if the capacity is below 1
   * @throws StoreException if an existing file has another size or is in use, or the file cannot be
   *     opened, created or filled
   */
  public static FileStore openOrCreate(Path path, long capacity, TransferCost cost) {
    checkCapacity(capacity);
    return Files.exists(path)
        ? lock(path, capacity, cost, READ_WRITE, false)
        : create(path, capacity, cost);
  }

  private static FileStore create(Path path, long capacity, TransferCost cost) {
    checkCapacity(capacity);
    try {
      LockedFile.create(path);
    } catch (IOException e) {
      throw new StoreException("cannot create pool file " + path + ": " + e, e);
    }
    try {
      return lock(path, capacity, cost, READ_WRITE, true);
    } catch (RuntimeException | Error e) {
      try {
        Files.deleteIfExists(path);
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** Opens and locks a file; a capacity of 0 stands for the file's size. */
  private static FileStore lock(
      Path path, long capacity, TransferCost cost, Set<OpenOption> options, boolean fresh) {
    LockedFile file;
    try {
      file = LockedFile.open(path, options);
    } catch (NoSuchFileException e) {
      throw new StoreException("there is no pool file " + path, e);
    } catch (IOException e) {
      throw new StoreException("cannot open pool file " + path + ": " + e, e);
    }
    try {
      long size = fresh ? capacity : size(path, file, capacity);
      var store = new FileStore(path, file, size, cost, options);
      if (fresh) {
        store.fill();
      }
      return store;
    } catch (RuntimeException | Error e) {
      try {
        file.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  private static long size(Path path, LockedFile file, long expected) {
    long size;
    try {
      size = file.size();
    } catch (IOException e) {
      throw new StoreException("cannot tell the size of pool file " + path + ": " + e, e);
    }
    if (expected != 0 && size != expected) {
      throw new StoreException(
          "pool file " + path + " has " + size + " bytes, but " + expected + " were asked for");
    }
    if (size == 0) {
      throw new StoreException("pool file " + path + " is empty");
    }
    return size;
  }

  private static void checkCapacity(long capacity) {
    if (capacity < 1) {
      throw new IllegalArgumentException(
          "a pool file holds at least 1 byte, but " + capacity + " were asked for");
    }
  }

  @Override
  public long capacity() {
    return capacity;
  }

  @Override
  public void read(long offset, TransferBuffer target) {
    transfer(StoreOperation.READ, offset, target);
  }

  @Override
  public void write(long offset, TransferBuffer source) {
    if (readOnly) {
      state.check(offset, source.length());
      throw new StoreException(this + " is open for reading only");
    }
    transfer(StoreOperation.WRITE, offset, source);
  }

  @Override
  public void sync() {
    state.checkOpen();
    if (readOnly) {
      return;
    }
    try {
      file.force();
    } catch (IOException e) {
      throw new StoreException("sync of " + this + " failed: " + e, e);
    }
  }

  @Override
  public TransferCost cost() {
    return cost;
  }

  @Override
  public void close() {
    if (state.close()) {
      try {
        file.close();
      } catch (IOException e) {
        throw new StoreException("closing " + this + " failed: " + e, e);
      }
    }
  }

  @Override
  public String toString() {
    return "file:" + path;
  }

  private void transfer(StoreOperation operation, long offset, TransferBuffer pieces) {
    int length = pieces.length();
    state.check(offset, length);
    int piece = 0;
    int skip = 0;
    try {
      for (int done = 0; done < length; done += buffer.limit()) {
        buffer.clear().limit(Math.min(buffer.capacity(), length - done));
        if (operation == StoreOperation.READ) {
          file.read(buffer, offset + done);
          buffer.flip();
        }
        while (buffer.hasRemaining()) {
          int count = Math.min(pieces.length(piece) - skip, buffer.remaining());
          int at = pieces.start(piece) + skip;
          if (operation == StoreOperation.READ) {
            buffer.get(pieces.array(), at, count);
          } else {
            buffer.put(pieces.array(), at, count);
          }
          skip += count;
          if (skip == pieces.length(piece)) {
            piece++;
            skip = 0;
          }
        }
        if (operation == StoreOperation.WRITE) {
          file.write(buffer.flip(), offset + done);
        }
      }
    } catch (IOException e) {
      throw failed(operation, length, offset, e);
    }
  }

  private void fill() {
    long done = 0;
    try {
      while (done < capacity) {
        buffer.clear().limit((int) Math.min(buffer.capacity(), capacity - done));
        file.write(buffer, done);
        done += buffer.limit();
      }
      file.force();
    } catch (IOException e) {
      throw failed(StoreOperation.WRITE, capacity - done, done, e);
    }
  }

  private StoreException failed(
      StoreOperation operation, long length, long offset, IOException cause) {
    return new StoreException(
        (operation == StoreOperation.READ ? "read" : "write")
            + " of "
            + length
            + " bytes at offset "
            + offset
            + " of "
            + this
            + " failed: "
            + cause,
        cause);
  }
}
