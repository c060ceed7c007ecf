package dev.virtmem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoresTest {
  @TempDir Path folder;

  @Test
  void opensAHeapStore() {
    try (BackingStore store = Stores.open("heap:64K")) {
      assertInstanceOf(HeapStore.class, store);
      assertEquals(65536, store.capacity());
    }
  }

  @Test
  void createsAFileAndOpensItAgain() {
    String uri = uri("my pool.bin");
    try (BackingStore store = Stores.open(uri + "?size=100K")) {
      assertInstanceOf(FileStore.class, store);
      assertEquals(FileStore.CARD, store.cost());
      store.write(102_399, new byte[] {42}, 0, 1);
    }
    for (String again : new String[] {uri, uri + "?size=102400"}) {
      try (BackingStore store = Stores.open(again)) {
        assertEquals(102_400, store.capacity());
        var last = new byte[1];
        store.read(102_399, last, 0, 1);
        assertEquals(42, last[0]);
      }
    }
  }

  @Test
  void fileOfAnotherSizeIsRefused() {
    String uri = uri("pool");
    Stores.open(uri + "?size=1000").close();
    var e = assertThrows(StoreException.class, () -> Stores.open(uri + "?size=2000"));
    assertTrue(e.getMessage().contains("1000") && e.getMessage().contains("2000"), e.getMessage());
  }

  @Test
  void missingFileNeedsASize() {
    var e = assertThrows(IllegalArgumentException.class, () -> Stores.open(uri("none")));
    assertTrue(e.getMessage().contains("none; to create it add its size"), e.getMessage());
    assertTrue(Files.notExists(folder.resolve("none")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heap:       | got ''",
        "heap:0      | got 0",
        "heap:much   | got 'much'",
        "heap:1M?a=1 | unknown parameter a in heap:1M?a=1; heap: has none",
        "file:       | no path",
        "file:x?size=0      | at least 1 byte",
        "file:x?size=ten    | got 'ten'",
        "file:x?length=1M   | unknown parameter length in file:x?length=1M; file: has size",
        "nonsense           | SCHEME:REST"
      })
  void refusesBadUris(String uri, String part) {
    var e = assertThrows(IllegalArgumentException.class, () -> Stores.open(uri));
    assertTrue(e.getMessage().contains(part), e.getMessage());
  }

  @Test
  void unknownSchemeListsThoseThatExist() {
    var e = assertThrows(IllegalArgumentException.class, () -> Stores.open("tape:0?x=1"));
    assertTrue(e.getMessage().contains("'tape' of tape:0?x=1; there are "), e.getMessage());
    for (String syntax : Stores.syntaxes()) {
      assertTrue(e.getMessage().contains(syntax), e.getMessage());
    }
  }

  @Test
  void syntaxesAreSorted() {
    List<String> syntaxes = Stores.syntaxes();
    assertTrue(syntaxes.containsAll(List.of("file:PATH[?size=SIZE]", "heap:SIZE")));
    assertEquals(syntaxes.stream().sorted().toList(), syntaxes);
  }

  @Test
  void twoProvidersOfOneSchemeAreRefused() {
    List<StoreProvider> providers = List.of(new HeapStoreProvider(), new HeapStoreProvider());
    var e = assertThrows(IllegalStateException.class, () -> Stores.open("heap:1M", providers));
    assertTrue(e.getMessage().contains("'heap'"), e.getMessage());
  }

  private String uri(String name) {
    return "file:" + folder.resolve(name);
  }
}
