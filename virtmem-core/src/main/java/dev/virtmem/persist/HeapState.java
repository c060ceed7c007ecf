package dev.virtmem.persist;

import dev.virtmem.alloc.PoolLayout;
import dev.virtmem.alloc.Usage;
import java.util.Objects;

/**
 * What an allocator must be told to go on with a heap that an earlier one left in a pool.
 *
 * @param layout where the heap lies, and the key of its headers
 * @param usage how much of it was in use
 */
public record HeapState(PoolLayout layout, Usage usage) {

  /**
   * Creates a state.
   *
   * @throws NullPointerException if a part is null
   */
  public HeapState {
    Objects.requireNonNull(layout, "layout");
    Objects.requireNonNull(usage, "usage");
  }
}
