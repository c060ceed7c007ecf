package dev.virtmem.alloc;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class HeapReportTest {
  private final ArrayPool pool = new ArrayPool(0, 1024);
  private final Allocator allocator =
      Allocator.format(pool, new PoolLayout(0, 1024, 256, 0), Fit.FREE_SPACE_MAP);

  @Test
  void reportsAndDrawsWithoutTouchingAnything() {
    allocator.free(allocator.allocate(500));
    long first = allocator.allocate(124);
    allocator.allocate(124);
    byte[] before = pool.bytes.clone();
    assertEquals("@@      ", HeapMap.draw(allocator, 8));
    allocator.free(first);
    before = pool.bytes.clone();
    HeapReport report = HeapReport.of(allocator.walk());
    assertEquals(128, report.usedBytes());
    assertEquals(896, report.freeBytes());
    assertEquals(1, report.usedBlocks());
    assertEquals(2, report.freeBlocks());
    assertEquals(768, report.largestFree());
    assertEquals(1 - 768.0 / 896, report.fragmentation(), 1e-12);
    assertEquals(List.of(0L, 1L, 0L, 1L), report.freeBySize().subList(6, 10));
    assertEquals("  @@            ", HeapMap.draw(allocator, 16));
    assertEquals("+   ", HeapMap.draw(allocator, 4));
    assertArrayEquals(before, pool.bytes);
  }

  @Test
  void emptyAndFullPoolsAreNotFragmented() {
    assertEquals(0, HeapReport.of(allocator.walk()).fragmentation());
    allocator.allocate(1016);
    assertEquals(0, HeapReport.of(allocator.walk()).fragmentation());
    assertEquals("@@@", HeapMap.draw(allocator, 3));
  }

  @Test
  void onlyWhatIsFullOrEmptyLooksSo() {
    assertEquals(' ', HeapMap.shade(0));
    assertEquals('.', HeapMap.shade(0.001));
    assertEquals('#', HeapMap.shade(0.999));
    assertEquals('@', HeapMap.shade(1));
    for (int i = 0; i < 31; i++) {
      allocator.allocate(28);
    }
    assertEquals("@".repeat(6), HeapMap.draw(allocator, 7).substring(0, 6));
  }

  @Test
  void aMapNeedsCells() {
    assertThrows(IllegalArgumentException.class, () -> HeapMap.draw(allocator, 0));
  }
}
