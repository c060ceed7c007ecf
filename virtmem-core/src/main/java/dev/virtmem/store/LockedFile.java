package dev.virtmem.store;

import static java.nio.file.StandardOpenOption.WRITE;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * An existing file under a lock, whose transfers are complete and survive interrupts of the thread.
 * The lock is exclusive, or shared with other processes if the file is only read.
 */
final class LockedFile {
  // POSIX drops a process's locks on a file when the process closes any descriptor of it: a second
  // opener in this JVM must be turned away before it opens the file, not by a failing lock after.
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private final Path path;
  private final Object key;
  private final Set<? extends OpenOption> options;
  private FileChannel channel;

  private LockedFile(Path path, Object key, Set<? extends OpenOption> options) {
    this.path = path;
    this.key = key;
    this.options = options;
  }

  /** Creates an empty file that only its owner may use, where the file system knows owners. */
  static void create(Path path) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    Files.createFile(path, posix ? new FileAttribute<?>[] {mode} : new FileAttribute<?>[0]);
  }

  static LockedFile open(Path path, Set<? extends OpenOption> options) throws IOException {
    var file = new LockedFile(path, key(path), options);
    if (!HELD.add(file.key)) {
      throw inUse(path, null);
    }
    try {
      file.channel = file.lockedChannel();
      return file;
    } catch (IOException | RuntimeException | Error e) {
      HELD.remove(file.key);
      throw e;
    }
  }

  long size() throws IOException {
    return channel.size();
  }

  /** Fills {@code target} from its start, or throws. */
  void read(ByteBuffer target, long position) throws IOException {
    run(StoreOperation.READ, target, position);
  }

  /** Writes all of {@code source}, or throws. */
  void write(ByteBuffer source, long position) throws IOException {
    run(StoreOperation.WRITE, source, position);
  }

  /** Makes the contents durable; throws if the file is no longer where it was opened. */
  void force() throws IOException {
    run(StoreOperation.SYNC, null, 0);
    checkPlace();
  }

  void close() throws IOException {
    try {
      channel.close();
    } finally {
      HELD.remove(key);
    }
  }

  /**
   * An interrupted thread closes the channel that it uses, by the design of {@link FileChannel}. A
   * store must outlive that, or its user's dirty pages are lost: the interrupt is put off until the
   * operation is done.
   */
  private void run(StoreOperation operation, ByteBuffer buffer, long position) throws IOException {
    boolean interrupted = Thread.interrupted();
    try {
      while (!attempt(operation, buffer, position)) {
        interrupted = true;
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private boolean attempt(StoreOperation operation, ByteBuffer buffer, long position)
      throws IOException {
    try {
      if (!channel.isOpen()) {
        channel = lockedChannel();
      }
      switch (operation) {
        case READ -> {
          while (buffer.hasRemaining()) {
            if (channel.read(buffer, position + buffer.position()) < 0) {
              throw new EOFException("the file was cut to " + channel.size() + " bytes");
            }
          }
        }
        case WRITE -> {
          while (buffer.hasRemaining()) {
            channel.write(buffer, position + buffer.position());
          }
        }
        case SYNC -> channel.force(false);
      }
      return true;
    } catch (ClosedByInterruptException e) {
      Thread.interrupted();
      return false;
    }
  }

  private FileChannel lockedChannel() throws IOException {
    checkPlace();
    FileChannel opened = FileChannel.open(path, options);
    try {
      lock(opened);
      return opened;
    } catch (IOException | RuntimeException | Error e) {
      try {
        opened.close();
      } catch (IOException suppressed) {
        e.addSuppressed(suppressed);
      }
      throw e;
    }
  }

  /** A file that was removed can be written to, but nobody will find it again. */
  private void checkPlace() throws IOException {
    if (!key.equals(key(path))) {
      throw new IOException("another file has taken the place of " + path);
    }
  }

  private void lock(FileChannel opened) throws IOException {
    try {
      if (opened.tryLock(0, Long.MAX_VALUE, !options.contains(WRITE)) == null) {
        throw inUse(path, null);
      }
    } catch (OverlappingFileLockException e) {
      throw inUse(path, e);
    }
  }

  /** Identifies the file whatever path leads to it. */
  private static Object key(Path path) throws IOException {
    Object key = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
    return key != null ? key : path.toRealPath();
  }

  private static StoreException inUse(Path path, OverlappingFileLockException cause) {
    return new StoreException("pool file " + path + " is in use by another store", cause);
  }
}
