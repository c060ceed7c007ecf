package dev.virtmem.cli;

import dev.virtmem.alloc.HeapMap;
import dev.virtmem.persist.PersistentStore;
import dev.virtmem.persist.PoolShape;

/** Draws the places of a pool: how many are used, free and spare, and where the used ones lie. */
final class PlacePicture {
  private static final char USED = '#';
  private static final char FREE = '.';
  private static final char SPARE = '~';

  private final PersistentStore pool;
  private final int columns;
  private final int mostLines;
  private final int places;

  /** Creates a picture of so many columns; the map has at most so many lines. */
  PlacePicture(PersistentStore pool, int columns, int mostLines) {
    this.pool = pool;
    this.columns = columns;
    this.mostLines = mostLines;
    this.places = pool.shape().pages() - 2;
  }

  void print(Lines lines) {
    lines.print("  [%s]", bar());
    lines.print("   %s used, %s free, %s spare", USED, FREE, SPARE);
    int each = Math.ceilDiv(places, columns * mostLines);
    lines.print(
        "  where they lie, %,d to a character, from blank (none used) to @ (all used):", each);
    int start = 1;
    while (start <= places) {
      var line = new StringBuilder();
      while (start <= places && line.length() < columns) {
        int end = (int) Math.min((long) start + each, places + 1L);
        line.append(HeapMap.shade(used(start, end) / (double) (end - start)));
        start = end;
      }
      lines.print("  [%s]", line);
    }
  }

  /** Any free place may be the spare one; what is used before a commit takes of both. */
  private String bar() {
    PoolShape shape = pool.shape();
    long used = pool.usedPlaces();
    long spare = Math.min(shape.spare(), places - used);
    int marks = part(used);
    int tail = Math.min(columns - marks, part(spare));
    return String.valueOf(USED).repeat(marks)
        + String.valueOf(FREE).repeat(columns - marks - tail)
        + String.valueOf(SPARE).repeat(tail);
  }

  /** Columns for a number of places: at least one if there is any. */
  private int part(long count) {
    return (int) Math.max(Math.min(count, 1), Math.round((double) count * columns / places));
  }

  private int used(int start, int end) {
    int count = 0;
    for (int place = start; place < end; place++) {
      count += pool.isUsed(place) ? 1 : 0;
    }
    return count;
  }
}
