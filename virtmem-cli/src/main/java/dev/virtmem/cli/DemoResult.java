package dev.virtmem.cli;

import dev.virtmem.Statistics;
import dev.virtmem.VirtualMemory;
import dev.virtmem.store.Traffic;
import java.util.List;
import java.util.Optional;

/**
 * What a demo found and measured.
 *
 * @param text what was counted
 * @param store where the words live
 * @param words how many words the text has
 * @param distinct how many different ones
 * @param cut how often a run of letters was too long for one word
 * @param top the most frequent words
 * @param ram RAM, and what lives outside of it
 * @param statistics of the page cache
 * @param traffic bytes and transfers at the store
 * @param seconds what the transfers take
 * @param secondsBy who says so
 * @param uncached the same without a cache, if it could be measured
 * @param checked whether the words were counted again in ordinary memory
 * @param difference the first difference between the counts, if they were and there is one
 */
record DemoResult(
    String text,
    String store,
    long words,
    int distinct,
    long cut,
    List<TopWords.Entry> top,
    Ram ram,
    Statistics statistics,
    Traffic traffic,
    double seconds,
    String secondsBy,
    Optional<UncachedCount.Result> uncached,
    boolean checked,
    Optional<String> difference) {

  /**
   * RAM, and what lives outside of it.
   *
   * @param frames page frames
   * @param pageSize bytes of a page
   * @param bytes RAM of frames and buffers
   * @param bookkeepingBytes RAM beside it
   * @param heldBytes allocated in the pool, headers included
   * @param poolBytes size of the store
   */
  record Ram(
      int frames, int pageSize, long bytes, long bookkeepingBytes, long heldBytes, long poolBytes) {

    static Ram of(VirtualMemory memory, long poolBytes) {
      return new Ram(
          memory.frames(),
          memory.pageSize(),
          memory.ramBytes(),
          memory.bookkeepingBytes(),
          memory.usedBytes(),
          poolBytes);
    }
  }

  /** Tells whether the words were counted again, and no count differs. */
  boolean verified() {
    return checked && difference.isEmpty();
  }
}
