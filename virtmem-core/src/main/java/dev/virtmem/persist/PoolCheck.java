package dev.virtmem.persist;

import dev.virtmem.store.BackingStore;
import dev.virtmem.store.StoreException;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads a pool from end to end, writes nothing, and says what is wrong with it: both headers, each
 * table, each page. What the pages hold is the heap's affair, see {@link
 * dev.virtmem.VirtualMemory#check()}.
 *
 * @param commit the number of the last commit
 * @param pages how many pages of data were read
 * @param repairs what opening the pool for writing will put right: a header that a power cut left
 *     old or torn, or that is damaged, while the other is whole
 * @param faults what is wrong beyond that, each with where it lies
 */
public record PoolCheck(long commit, long pages, List<String> repairs, List<String> faults) {

  /**
   * Creates a result.
   *
   * @throws NullPointerException if a list is null
   */
  public PoolCheck {
    repairs = List.copyOf(repairs);
    faults = List.copyOf(faults);
  }

  /**
   * Checks a pool.
   *
   * @param store the store below, which is left open
   * @return what was found
   * @throws PoolFormatException if there is no pool, or neither header can be used
   * @throws StoreException if a header cannot be read
   */
  public static PoolCheck of(BackingStore store) {
    List<String> repairs = new ArrayList<>();
    Headers headers = Headers.read(store);
    long last = Headers.secondOffset(store, headers.current().shape().pageSize());
    if (!headers.firstIsCurrent()) {
      repairs.add("the first header, at offset 0, is damaged or old");
    }
    if (!headers.secondIsCurrent()) {
      repairs.add("the second header, at offset " + last + ", is damaged or old");
    }
    // Closing the pool would close the store.
    var pool = PersistentStore.openReadOnly(store);
    List<String> faults = new ArrayList<>(pool.damages());
    return new PoolCheck(pool.commitNumber(), checkPages(pool, faults), repairs, faults);
  }

  private static long checkPages(PersistentStore pool, List<String> faults) {
    PoolShape shape = pool.shape();
    byte[] bytes = new byte[1];
    long read = 0;
    for (int page = 0; page < shape.dataPages(); page++) {
      try {
        if (pool.isWritten(page)) {
          pool.read(shape.offset(page), bytes, 0, 1);
          read++;
        }
      } catch (StoreException e) {
        if (!faults.contains(e.getMessage())) {
          faults.add(e.getMessage());
        }
      }
    }
    return read;
  }
}
