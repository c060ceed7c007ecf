package dev.virtmem.persist;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.virtmem.store.HeapStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PoolShapeTest {
  @ParameterizedTest
  @CsvSource({
    "16384, 512",
    "262144, 512",
    "524287, 512",
    "524288, 4096",
    "67108864, 4096",
    "1073741824, 4096",
    "4294967296, 8192",
    "34359738368, 16384"
  })
  void usualShapeFits(long bytes, int pageSize) {
    var shape = PoolShape.of(bytes);
    assertEquals(pageSize, shape.pageSize());
    assertEquals(bytes / pageSize, shape.pages());
    assertEquals(shape.pages(), 2 + shape.tables() + shape.dataPages() + shape.spare());
    assertTrue(shape.capacity() >= bytes / 5, shape + " offers " + shape.capacity());
    assertTrue(shape.tables() * 8 + 256 <= pageSize, "the root fits into a header: " + shape);
    assertTrue(shape.tables() * (pageSize / 8) >= shape.dataPages(), "tables for all: " + shape);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 256, 513, 131_072})
  void otherPageSizesAreRefused(int pageSize) {
    var e = assertThrows(IllegalArgumentException.class, () -> PoolShape.of(1 << 20, pageSize, 25));
    assertTrue(e.getMessage().contains("got " + pageSize), e.getMessage());
  }

  @Test
  void tooSmallStoresAreRefused() {
    for (int bytes = 1; bytes < 12 * 512; bytes += 511) {
      int size = bytes;
      assertThrows(IllegalArgumentException.class, () -> PoolShape.of(size), size + " bytes");
    }
    assertEquals(1, PoolShape.of(13 * 512).dataPages());
  }

  @Test
  void smallestPoolWorks() {
    var shape = PoolShape.of(13 * 512);
    var store = new HeapStore(shape.storeBytes());
    var pool = PersistentStore.create(store, shape);
    for (int commit = 1; commit < 30; commit++) {
      pool.write(0, new byte[] {(byte) commit}, 0, 1);
      assertEquals(commit, pool.commit(null));
    }
  }

  @Test
  void largePagesForLargePools() {
    var e = assertThrows(IllegalArgumentException.class, () -> PoolShape.of(1L << 32, 4096, 25));
    assertTrue(e.getMessage().contains("up to 1006632960 bytes"), e.getMessage());
  }

  @Test
  void sparePartIsTheUsers() {
    var shape = PoolShape.of(1 << 20, 1024, 50);
    assertTrue(shape.spare() >= 511 && shape.spare() <= 520, shape.spare() + " spare");
    assertThrows(IllegalArgumentException.class, () -> PoolShape.of(1 << 20, 1024, 0));
    assertThrows(IllegalArgumentException.class, () -> PoolShape.of(1 << 20, 1024, 91));
  }

  @Test
  void shapeMustFitTheStore() {
    var shape = PoolShape.of(1 << 20);
    var e =
        assertThrows(
            IllegalArgumentException.class,
            () -> PersistentStore.create(new HeapStore(1 << 19), shape));
    assertTrue(e.getMessage().contains("524288"), e.getMessage());
  }

  @Test
  void truncatedAndLargerStoresAreRefused() {
    var shape = PoolShape.of(1 << 18);
    var store = new HeapStore(1 << 18);
    PersistentStore.create(store, shape);
    byte[] bytes = new byte[1 << 18];
    store.read(0, bytes, 0, bytes.length);
    for (int size : new int[] {4096, (1 << 18) - 512, (1 << 18) + 512}) {
      var other = new HeapStore(size);
      other.write(0, bytes, 0, Math.min(size, bytes.length));
      var e = assertThrows(PoolFormatException.class, () -> PersistentStore.open(other));
      assertTrue(e.getMessage().contains("takes 262144 bytes"), e.getMessage());
      assertTrue(e.getMessage().contains("has " + size), e.getMessage());
    }
  }
}
