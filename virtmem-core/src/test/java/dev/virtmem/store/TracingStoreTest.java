package dev.virtmem.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TracingStoreTest extends BackingStoreContract {
  private final List<String> trace = new ArrayList<>();

  @Override
  protected BackingStore open() {
    return new TracingStore(new HeapStore(1000), this::record);
  }

  @Test
  void tellsOfEachOperationInOrder() throws Exception {
    try (BackingStore store = open()) {
      trace.clear();
      store.write(10, new byte[5], 1, 4);
      store.read(12, new byte[3], 0, 3);
      store.sync();
    }
    assertEquals(List.of("WRITE 10 4", "READ 12 3", "SYNC 0 0"), trace);
  }

  @Test
  void isSilentAboutOperationsThatFailed() {
    var faulty = new FaultyStore(new HeapStore(100));
    faulty.failFrom(1);
    try (var store = new TracingStore(faulty, this::record)) {
      trace.clear();
      assertThrows(StoreException.class, () -> store.write(0, new byte[1], 0, 1));
      assertThrows(StoreException.class, () -> store.read(0, new byte[1], 0, 1));
      assertThrows(StoreException.class, store::sync);
    }
    assertEquals(List.of(), trace);
  }

  private void record(StoreOperation operation, long offset, int length) {
    trace.add(operation + " " + offset + " " + length);
  }
}
