package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class JournalTest {
  private final ArrayPool pool = new ArrayPool(0, 64);
  private final Journal journal = new Journal(pool);

  @Test
  void aFailureTakesBackAtOnceWhatWasWritten() {
    pool.setLong(0, 0x0123456789ABCDEFL);
    pool.setInt(8, 77);
    byte[] before = pool.bytes.clone();
    assertThrows(
        IllegalStateException.class,
        () ->
            journal.atomically(
                () -> {
                  journal.setLong(0, -1);
                  journal.setInt(8, 1);
                  journal.setInt(8, 2);
                  throw new IllegalStateException("device gone");
                }));
    assertArrayEquals(before, pool.bytes);
  }

  @Test
  void whatSucceededStays() {
    journal.atomically(() -> journal.setInt(16, 5));
    journal.settle();
    assertEquals(5, pool.getInt(16));
  }
}
