package dev.virtmem.sdcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.VirtualMemory;
import dev.virtmem.persist.PersistentStore;
import dev.virtmem.persist.PoolCheck;
import dev.virtmem.persist.PoolFormatException;
import dev.virtmem.persist.PoolShape;
import dev.virtmem.store.BackingStore;
import dev.virtmem.store.BackingStoreContract;
import dev.virtmem.store.StoreException;
import dev.virtmem.store.Stores;
import dev.virtmem.store.TransferCost;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class CardStoreTest extends BackingStoreContract {
  @TempDir Path folder;

  @Override
  protected BackingStore open() {
    return Stores.open("sd:" + folder.resolve("contract") + "?size=200K");
  }

  @Override
  protected int rounds() {
    return 300;
  }

  @Test
  void newFileIsAllocatedInFullAndPrivate() throws Exception {
    Path path = folder.resolve("pool");
    Stores.open("sd:" + path + "?size=128K").close();
    assertArrayEquals(new byte[128 * 1024], Files.readAllBytes(path));
    if (Files.getFileStore(path).supportsFileAttributeView("posix")) {
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(path)));
    }
  }

  @Test
  void keepsItsBytesAndItsSize() {
    Path path = folder.resolve("pool");
    try (var store = CardStore.builder(path).size(8192).open()) {
      store.write(8191, new byte[] {7}, 0, 1);
      assertThrows(StoreException.class, () -> CardStore.builder(path).open());
      assertEquals(1, store.wear().bytesWritten());
    }
    try (var store = CardStore.builder(path).open()) {
      assertEquals(8192, store.capacity());
      byte[] back = new byte[1];
      store.read(8191, back, 0, 1);
      assertEquals(7, back[0]);
      assertEquals("sd:" + path, store.toString());
    }
    var e = assertThrows(StoreException.class, () -> Stores.open("sd:" + path + "?size=12K"));
    assertTrue(e.getMessage().contains("has 8192 bytes, but 12288"), e.getMessage());
  }

  @Test
  void foreignAndTruncatedFilesAreRefused() throws Exception {
    Path text = Files.writeString(folder.resolve("text"), "x".repeat(4096));
    var e = assertThrows(StoreException.class, () -> Stores.open("sd:" + text));
    assertTrue(e.getMessage().contains("is no pool file: it begins with 78 78"), e.getMessage());
    assertEquals("x".repeat(4096), Files.readString(text));

    Path cut = folder.resolve("cut");
    try (var pool = VirtualMemory.builder("sd:" + cut + "?size=1M").openPersistent()) {
      pool.memory().allocateInts(1).set(1);
      pool.commit();
    }
    try (var file = new RandomAccessFile(cut.toFile(), "rw")) {
      file.setLength(700_001);
      var odd = assertThrows(StoreException.class, () -> Stores.open("sd:" + cut));
      assertTrue(odd.getMessage().contains("700001 bytes"), odd.getMessage());
      file.setLength(700_000 / 4096 * 4096);
      var builder = VirtualMemory.builder("sd:" + cut);
      var shorter = assertThrows(PoolFormatException.class, builder::openPersistent);
      assertTrue(shorter.getMessage().contains("takes 1048576 bytes"), shorter.getMessage());
      assertTrue(shorter.getMessage().contains("truncated"), shorter.getMessage());
    }
  }

  @Test
  void poolWhoseFirstBytesAreDamagedIsOpenedByItsSecondHeader() throws Exception {
    for (int page = 512; page <= 65_536; page *= 2) {
      Path path = folder.resolve("pool" + page);
      int size = 3 * 1024 * 1024 + 4096;
      try (var store = CardStore.builder(path).size(size).open();
          var pool = PersistentStore.create(store, new PoolShape(page, size / page, 16))) {
        pool.setRoot(0, 42);
        pool.commit(null);
      }
      try (var file = new RandomAccessFile(path.toFile(), "rw")) {
        file.write(new byte[] {'P', 'K', 3, 4});
      }
      try (var store = Stores.open("sd:" + path + "?mode=ro")) {
        assertEquals(1, PoolCheck.of(store).repairs().size());
      }
      try (var store = Stores.open("sd:" + path);
          var pool = PersistentStore.open(store)) {
        assertEquals(42, pool.root(0));
        assertEquals(0, PoolCheck.of(store).repairs().size());
      }
    }
  }

  @Test
  void scratchPoolIsForgottenAndOpenedAgain() {
    String uri = "sd:" + folder.resolve("scratch") + "?size=64K";
    for (int run = 0; run < 2; run++) {
      try (var memory = VirtualMemory.builder(uri).ram(4096).open()) {
        assertEquals(0, memory.usedBytes());
        var numbers = memory.allocateInts(10_000);
        for (int i = 0; i < 10_000; i++) {
          numbers.set(i, i);
        }
      }
    }
    try (var memory = VirtualMemory.builder(uri).pageSize(4096).frames(2).open()) {
      memory.fill(memory.start(), memory.end() - memory.start(), (byte) 5);
    }
    Stores.open(uri).close();
  }

  @Test
  void removesItsFileIfToldTo() throws Exception {
    Path path = folder.resolve("gone");
    try (var store = Stores.open("sd:" + path + "?size=64K&keep=no")) {
      assertTrue(Files.exists(path));
      store.sync();
    }
    assertFalse(Files.exists(path));
    Files.write(path, new byte[4096]);
    var e = assertThrows(StoreException.class, () -> Stores.open("sd:" + path + "?keep=no"));
    assertTrue(e.getMessage().contains("would be removed"), e.getMessage());
    assertTrue(Files.exists(path));
  }

  @Test
  void readOnlyPoolIsNotWritten() throws Exception {
    Path path = folder.resolve("pool");
    try (var pool = VirtualMemory.builder("sd:" + path + "?size=1M").openPersistent()) {
      var number = pool.memory().allocateInts(1);
      number.set(42);
      pool.setRoot(0, number);
      pool.commit();
    }
    byte[] before = Files.readAllBytes(path);
    try (var store = Stores.open("sd:" + path + "?mode=ro");
        var pool = VirtualMemory.builder(PersistentStore.openReadOnly(store)).openPersistent()) {
      assertEquals(42, pool.root(0).asInts().get());
      pool.root(0).asInts().set(1);
      assertThrows(StoreException.class, pool::commit);
    }
    assertArrayEquals(before, Files.readAllBytes(path));
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void goesPastTheCacheIfToldTo() {
    Path path = folder.resolve("pool");
    String uri = "sd:" + path + "?size=1M&direct=yes";
    try (var store = directOrSkip(uri)) {
      assertEquals(4096, store.cost().unit());
      store.write(5000, new byte[] {1, 2, 3}, 0, 3);
      byte[] back = new byte[5];
      store.read(4999, back, 0, 5);
      assertArrayEquals(new byte[] {0, 1, 2, 3, 0}, back);
    }
    try (var pool =
        VirtualMemory.builder("sd:" + folder.resolve("other") + "?size=1M&direct=yes")
            .openPersistent()) {
      pool.memory().allocateInts(50_000).set(49_999, 1);
      assertEquals(1, pool.commit());
    }
  }

  /** Not every file system can. */
  private static BackingStore directOrSkip(String uri) {
    try {
      return Stores.open(uri);
    } catch (StoreException e) {
      Assumptions.abort("no direct transfers here: " + e.getMessage());
      throw e;
    }
  }

  @Test
  void wrongUseIsExplained() {
    Path path = folder.resolve("none");
    for (String wrong :
        new String[] {
          "sd:",
          "sd:" + path,
          "sd:" + path + "?size=5000",
          "sd:" + path + "?size=0",
          "sd:" + path + "?size=4K&mode=rx",
          "sd:" + path + "?size=4K&mode=ro",
          "sd:" + path + "?size=4K&mode=ro&keep=no",
          "sd:" + path + "?size=4K&speed=1"
        }) {
      assertThrows(IllegalArgumentException.class, () -> Stores.open(wrong), wrong);
      assertFalse(Files.exists(path), wrong);
    }
  }

  @Test
  void costIsTheUsers() {
    try (var store =
        CardStore.builder(folder.resolve("pool")).size(4096).cost(TransferCost.MEMORY).open()) {
      assertEquals(TransferCost.MEMORY, store.cost());
      assertInstanceOf(CardStore.class, store);
    }
  }
}
