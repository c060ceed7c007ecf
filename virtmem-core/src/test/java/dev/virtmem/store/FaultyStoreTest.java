package dev.virtmem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FaultyStoreTest extends BackingStoreContract {
  private final HeapStore below = new HeapStore(100);
  private final FaultyStore store = new FaultyStore(below);

  @Override
  protected BackingStore open() {
    return new FaultyStore(new HeapStore(1000));
  }

  @Test
  void failsOnceAtTheOperationAskedFor() {
    store.sync();
    store.failAt(3);
    assertEquals("WSrRS", outcomes("WSRRS"));
  }

  @Test
  void staysBrokenUntilRepaired() {
    store.failFrom(2);
    assertEquals("Wrws", outcomes("WRWS"));
    store.repair();
    assertEquals("WRS", outcomes("WRS"));
    assertEquals(3, store.failures());
    assertEquals(7, store.operations());
  }

  @Test
  void failsByKind() {
    store.failFrom(2, StoreOperation.READ);
    assertEquals("WRWSrWSr", outcomes("WRWSRWSR"));
    store.failAt(2, StoreOperation.WRITE, StoreOperation.SYNC);
    assertEquals("RWRsWS", outcomes("RWRSWS"));
  }

  @Test
  void anotherFaultReplacesTheFirst() {
    store.failFrom(1, StoreOperation.READ);
    store.failAt(1, StoreOperation.WRITE);
    assertEquals("RwRW", outcomes("RWRW"));
  }

  @Test
  void failedOperationsDoNotReachTheStoreBelow() {
    store.failFrom(1);
    var bytes = new byte[] {7, 7};
    assertThrows(StoreException.class, () -> store.write(4, bytes, 0, 2));
    assertThrows(StoreException.class, () -> store.read(4, bytes, 0, 2));
    assertEquals(7, bytes[0], "a failed read leaves its target alone");
    assertEquals(0, written());
  }

  @Test
  void tornWritesWriteEveryPossiblePart() {
    var bytes = new byte[4];
    Arrays.fill(bytes, (byte) 9);
    store.tearWrites(1);
    Set<Integer> parts = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      below.write(0, new byte[100], 0, 100);
      store.failAt(1);
      assertThrows(StoreException.class, () -> store.write(50, bytes, 0, 4));
      int written = written();
      var part = new byte[100];
      below.read(50, part, 0, 4);
      for (int j = 0; j < 4; j++) {
        assertEquals(j < written ? 9 : 0, part[j], "byte " + j + " of a part of " + written);
      }
      parts.add(written);
    }
    assertEquals(Set.of(0, 1, 2, 3, 4), parts);
  }

  @Test
  void sameSeedTearsAlike() {
    var other = new HeapStore(100);
    var alike = new FaultyStore(other);
    for (FaultyStore faulty : new FaultyStore[] {store, alike}) {
      faulty.tearWrites(42);
      faulty.failFrom(1);
      for (int i = 0; i < 5; i++) {
        int at = 20 * i;
        assertThrows(StoreException.class, () -> faulty.write(at, "0123456789".getBytes(), 0, 10));
      }
    }
    var first = new byte[100];
    var second = new byte[100];
    below.read(0, first, 0, 100);
    other.read(0, second, 0, 100);
    assertTrue(written() > 0 && Arrays.equals(first, second));
  }

  @Test
  void messageNamesTheOperation() {
    store.failAt(2);
    store.sync();
    var e = assertThrows(StoreException.class, () -> store.read(8, new byte[4], 0, 4));
    assertEquals("injected fault: read of 4 bytes at offset 8 (operation 2)", e.getMessage());
  }

  @Test
  void operationsCountFromOne() {
    var e = assertThrows(IllegalArgumentException.class, () -> store.failAt(0));
    assertTrue(e.getMessage().contains("got 0"), e.getMessage());
    assertThrows(IllegalArgumentException.class, () -> store.failFrom(-1));
  }

  /** Does syncs (S), writes (W) and reads (R), and gives back those that fail in lower case. */
  private String outcomes(String operations) {
    var outcomes = new StringBuilder();
    for (char operation : operations.toCharArray()) {
      try {
        switch (operation) {
          case 'S' -> store.sync();
          case 'W' -> store.write(0, new byte[1], 0, 1);
          default -> store.read(0, new byte[1], 0, 1);
        }
        outcomes.append(operation);
      } catch (StoreException e) {
        outcomes.append(Character.toLowerCase(operation));
      }
    }
    return outcomes.toString();
  }

  private int written() {
    var all = new byte[100];
    below.read(0, all, 0, 100);
    int count = 0;
    for (byte b : all) {
      count += b == 0 ? 0 : 1;
    }
    return count;
  }
}
