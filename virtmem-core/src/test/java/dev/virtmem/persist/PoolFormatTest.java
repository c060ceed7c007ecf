package dev.virtmem.persist;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.virtmem.alloc.PoolLayout;
import dev.virtmem.alloc.Usage;
import dev.virtmem.store.HeapStore;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads a pool as docs/pool-format.md describes it, with nothing of what wrote it. */
class PoolFormatTest {
  private static final int P = 1024;
  private static final int PAGES = 300;

  private final byte[] medium = new byte[P * PAGES + 100];
  private ByteBuffer header;
  private PoolShape shape;

  @BeforeEach
  void write() {
    var store = new HeapStore(medium.length);
    shape = PoolShape.of(medium.length, P, 25);
    var pool = PersistentStore.create(store, shape);
    byte[] page = new byte[P];
    for (int i : new int[] {0, 1, 130}) {
      Arrays.fill(page, (byte) (i + 1));
      pool.write((long) i * P, page, 0, P);
    }
    pool.setRoot(0, 0x1122334455667788L);
    pool.setRoot(15, 15);
    pool.commit(null);
    pool.write(0, new byte[] {99}, 0, 1);
    pool.commit(new HeapState(new PoolLayout(16, 4096, 512, 0xCAFE), new Usage(80, 160, 2, 3)));
    store.read(0, medium, 0, medium.length);
    header = ByteBuffer.wrap(medium, 0, P).order(ByteOrder.LITTLE_ENDIAN);
  }

  @Test
  void headerHasItsFields() {
    byte[] magic = {(byte) 0x89, 0x56, 0x4D, 0x50, 0x0D, 0x0A, 0x1A, 0x0A};
    assertArrayEquals(magic, Arrays.copyOf(medium, 8));
    var crc = new CRC32C();
    crc.update(medium, 0, 8);
    crc.update(medium, 12, P - 12);
    assertEquals((int) crc.getValue(), header.getInt(8));
    assertEquals(1, header.getShort(12));
    assertEquals(10, header.get(14));
    assertEquals(1, header.get(15));
    assertNotEquals(0, header.getLong(16));
    assertEquals(2, header.getLong(24));
    assertEquals(PAGES, header.getInt(32));
    assertEquals(shape.dataPages(), header.getInt(36));
    assertEquals(512, header.getInt(44));
    assertEquals(16, header.getLong(48));
    assertEquals(4096, header.getLong(56));
    assertEquals(80, header.getLong(64));
    assertEquals(160, header.getLong(72));
    assertEquals(2, header.getLong(80));
    assertEquals(3, header.getLong(88));
    assertEquals(0xCAFE, header.getInt(96));
    assertArrayEquals(new byte[28], Arrays.copyOfRange(medium, 100, 128));
    assertEquals(0x1122334455667788L, header.getLong(128));
    assertEquals(15, header.getLong(248));
  }

  @Test
  void bothHeadersAreEqual() {
    assertArrayEquals(
        Arrays.copyOf(medium, P), Arrays.copyOfRange(medium, (PAGES - 1) * P, PAGES * P));
  }

  @Test
  void rootLeadsToTablesAndTheseToPages() {
    for (int page = 0; page < shape.dataPages(); page++) {
      int table = page / (P / 8);
      int place = header.getInt(256 + 8 * table);
      int entry = 0;
      if (place != 0) {
        assertEquals(header.getInt(256 + 8 * table + 4), checksum(~(long) table, place));
        entry = place * P + page % (P / 8) * 8;
      }
      var bytes = ByteBuffer.wrap(medium).order(ByteOrder.LITTLE_ENDIAN);
      int at = entry == 0 ? 0 : bytes.getInt(entry);
      boolean written = page == 0 || page == 1 || page == 130;
      assertEquals(written, at != 0, "page " + page);
      if (written) {
        assertEquals(bytes.getInt(entry + 4), checksum(page, at));
        byte[] expected = new byte[P];
        Arrays.fill(expected, (byte) (page + 1));
        expected[0] = page == 0 ? 99 : expected[0];
        assertArrayEquals(expected, Arrays.copyOfRange(medium, at * P, (at + 1) * P));
      }
    }
  }

  private int checksum(long number, int place) {
    var crc = new CRC32C();
    var prefix = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    crc.update(prefix.putLong(header.getLong(16)).putLong(number).flip());
    crc.update(medium, place * P, P);
    return (int) crc.getValue();
  }
}
