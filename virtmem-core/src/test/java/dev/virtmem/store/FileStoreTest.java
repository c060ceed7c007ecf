package dev.virtmem.store;

import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.EOFException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class FileStoreTest extends BackingStoreContract {
  @TempDir Path folder;

  /** More than three of the store's buffers, and no multiple of anything. */
  @Override
  protected BackingStore open() {
    return FileStore.create(folder.resolve("contract"), 200_003);
  }

  @Override
  protected int rounds() {
    return 500;
  }

  @Test
  void keepsItsBytes() {
    Path path = folder.resolve("pool");
    try (var store = FileStore.create(path, 1000)) {
      store.write(997, new byte[] {1, 2, 3}, 0, 3);
    }
    try (var store = FileStore.open(path)) {
      assertEquals(1000, store.capacity());
      var bytes = new byte[4];
      store.read(996, bytes, 0, 4);
      assertArrayEquals(new byte[] {0, 1, 2, 3}, bytes);
    }
    try (var store = FileStore.openOrCreate(path, 1000)) {
      var bytes = new byte[1];
      store.read(999, bytes, 0, 1);
      assertEquals(3, bytes[0]);
    }
  }

  @Test
  void newFileIsFullOfWrittenZeros() throws Exception {
    Path path = folder.resolve("pool");
    FileStore.create(path, 150_000).close();
    assertArrayEquals(new byte[150_000], Files.readAllBytes(path));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void newFileIsPrivate() throws Exception {
    Path path = folder.resolve("pool");
    FileStore.create(path, 10).close();
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
  }

  @Test
  void claimsTheCostThatItIsGiven() {
    Path path = folder.resolve("pool");
    for (int i = 0; i < 2; i++) {
      try (var store = FileStore.openOrCreate(path, 10, TransferCost.MEMORY)) {
        assertEquals(TransferCost.MEMORY, store.cost());
      }
    }
    try (var store = FileStore.open(path)) {
      assertEquals(FileStore.CARD, store.cost());
    }
  }

  @Test
  void refusesAFileOfAnotherSizeAndReleasesIt() {
    Path path = folder.resolve("pool");
    FileStore.create(path, 1000).close();
    assertMessage("has 1000 bytes, but 1001", () -> FileStore.openOrCreate(path, 1001));
    assertMessage("has 1000 bytes, but 999", () -> FileStore.openOrCreate(path, 999));
    FileStore.open(path).close();
  }

  @Test
  void refusesWhatIsNoPoolFile() throws Exception {
    Path empty = Files.createFile(folder.resolve("empty"));
    assertMessage("is empty", () -> FileStore.open(empty));
    assertMessage("has 0 bytes, but 5", () -> FileStore.openOrCreate(empty, 5));
    assertMessage("there is no pool file", () -> FileStore.open(folder.resolve("none")));
    assertMessage("cannot open", () -> FileStore.open(folder));
    assertMessage("cannot create", () -> FileStore.create(folder.resolve("no/such"), 5));
    assertMessage("FileAlreadyExists", () -> FileStore.create(empty, 5));
    assertTrue(Files.exists(empty), "a file that was there before stays");
  }

  @Test
  void refusesCapacitiesBelowOne() {
    Path path = folder.resolve("pool");
    assertThrows(IllegalArgumentException.class, () -> FileStore.create(path, 0));
    assertThrows(IllegalArgumentException.class, () -> FileStore.openOrCreate(path, -1));
    assertFalse(Files.exists(path));
  }

  @Test
  void failedCreationLeavesNoFileAndNoLock() {
    Path path = folder.resolve("pool");
    assertThrows(NullPointerException.class, () -> FileStore.openOrCreate(path, 10, null));
    assertFalse(Files.exists(path));
    FileStore.create(path, 10).close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void fullDiskShowsAtCreationAndLeavesNoFile() throws Exception {
    Path path = folder.resolve("pool");
    String output = ChildJvm.run(folder, "ulimit -f 400", "FileStore.create(path, 1 << 20)", path);
    assertTrue(output.contains("StoreException: write of "), output);
    // The limit is in units of 512 or 1,024 bytes; zeros are written in parts of 65,536 bytes.
    assertTrue(output.matches(".* at offset (196608|393216) of .*"), output);
    assertFalse(Files.exists(path), output);
  }

  @Test
  void secondStoreInThisJvmIsRefused() throws Exception {
    Path path = folder.resolve("pool");
    try (var store = FileStore.create(path, 10)) {
      assertMessage("is in use", () -> FileStore.open(path));
      assertMessage("is in use", () -> FileStore.openOrCreate(path, 10));
      store.write(0, new byte[10], 0, 10);
    }
    FileStore.open(path).close();
  }

  @Test
  void fileLockedByOtherCodeOfThisJvmIsRefused() throws Exception {
    Path path = folder.resolve("pool");
    FileStore.create(path, 10).close();
    try (var channel = FileChannel.open(path, READ, WRITE)) {
      channel.lock();
      assertMessage("is in use", () -> FileStore.open(path));
    }
    FileStore.open(path).close();
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void otherJvmIsRefusedAlsoAfterASecondStoreHere() throws Exception {
    Path path = folder.resolve("pool");
    Path link = folder.resolve("link");
    try (var store = FileStore.create(path, 10)) {
      Files.createLink(link, path);
      assertMessage("is in use", () -> FileStore.open(link));
      String output = ChildJvm.run(folder, ":", "FileStore.open(path)", path);
      assertTrue(output.contains("StoreException: pool file " + path + " is in use"), output);
      store.sync();
    }
    assertEquals("ok", ChildJvm.run(folder, ":", "FileStore.open(path)", path));
  }

  @Test
  void readOnlyStoreIsNotWrittenAndShared() throws Exception {
    Path path = folder.resolve("pool");
    try (var store = FileStore.create(path, 100)) {
      store.write(7, new byte[] {9}, 0, 1);
    }
    path.toFile().setWritable(false);
    try (var store = FileStore.open(path, FileStore.CARD, Set.of(READ))) {
      var back = new byte[1];
      store.read(7, back, 0, 1);
      assertEquals(9, back[0]);
      assertMessage("reading only", () -> store.write(7, back, 0, 1));
      assertThrows(IndexOutOfBoundsException.class, () -> store.write(100, back, 0, 1));
      store.sync();
      String reader = "FileStore.open(path, FileStore.CARD, java.util.Set.of(%s))";
      String read = reader.formatted("java.nio.file.StandardOpenOption.READ");
      assertEquals("ok", ChildJvm.run(folder, ":", read, path));
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void removedFileShowsAtSync() throws Exception {
    Path path = folder.resolve("pool");
    try (var store = FileStore.create(path, 100)) {
      store.sync();
      Files.delete(path);
      store.write(0, new byte[1], 0, 1);
      assertMessage("NoSuchFileException", store::sync);
      Files.write(path, new byte[100]);
      assertMessage("another file has taken the place of " + path, store::sync);
    }
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void whoReadsKeepsWritersOut() throws Exception {
    Path path = folder.resolve("pool");
    FileStore.create(path, 100).close();
    try (var store = FileStore.open(path, FileStore.CARD, Set.of(READ))) {
      String output = ChildJvm.run(folder, ":", "FileStore.open(path)", path);
      assertTrue(output.contains("is in use"), output);
      assertEquals(100, store.capacity());
    }
  }

  @Test
  void shortReadIsAnError() throws Exception {
    Path path = folder.resolve("pool");
    try (var store = FileStore.create(path, 1000)) {
      try (var channel = FileChannel.open(path, WRITE)) {
        channel.truncate(600);
      }
      var e = assertThrows(StoreException.class, () -> store.read(500, new byte[200], 0, 200));
      assertTrue(e.getMessage().contains("read of 200 bytes at offset 500"), e.getMessage());
      assertTrue(e.getMessage().contains("cut to 600 bytes"), e.getMessage());
      assertInstanceOf(EOFException.class, e.getCause());
      store.read(500, new byte[100], 0, 100);
    }
  }

  @Test
  void interruptedThreadTransfersAndStaysInterrupted() {
    try (var store = FileStore.create(folder.resolve("pool"), 1000)) {
      Thread.currentThread().interrupt();
      store.write(1, new byte[] {5}, 0, 1);
      store.sync();
      var back = new byte[1];
      store.read(1, back, 0, 1);
      assertTrue(Thread.interrupted());
      assertEquals(5, back[0]);
    }
  }

  @Test
  void interruptsInTheMiddleDoNoHarm() throws Exception {
    long seed = 99;
    var random = new Random(seed);
    var model = new byte[200_000];
    var stop = new AtomicBoolean();
    Thread self = Thread.currentThread();
    var pest =
        new Thread(
            () -> {
              while (!stop.get()) {
                self.interrupt();
                Thread.onSpinWait();
              }
            });
    Path path = folder.resolve("pool");
    try (var store = FileStore.create(path, model.length)) {
      pest.start();
      try {
        for (int round = 0; round < 300; round++) {
          int length = random.nextInt(model.length);
          int at = random.nextInt(model.length - length);
          var bytes = new byte[length];
          random.nextBytes(bytes);
          store.write(at, bytes, 0, length);
          System.arraycopy(bytes, 0, model, at, length);
          store.read(0, bytes, 0, length);
          for (int i = 0; i < length; i++) {
            assertEquals(model[i], bytes[i], "seed " + seed + ", round " + round + ", byte " + i);
          }
        }
      } finally {
        stop.set(true);
        while (pest.isAlive()) {
          Thread.interrupted();
          Thread.onSpinWait();
        }
        Thread.interrupted();
      }
      assertMessage("is in use", () -> FileStore.open(path));
    }
  }

  @Test
  void closeReleasesTheFile() {
    Path path = folder.resolve("pool");
    var first = FileStore.create(path, 10);
    first.close();
    try (var second = FileStore.open(path)) {
      first.close();
      assertMessage("is in use", () -> FileStore.open(path));
      second.write(0, new byte[1], 0, 1);
    }
  }

  private static void assertMessage(String part, Executable executable) {
    var e = assertThrows(StoreException.class, executable);
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }
}
