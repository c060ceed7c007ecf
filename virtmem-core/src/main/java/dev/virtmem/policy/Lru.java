package dev.virtmem.policy;

/**
 * Least recently used: the victim is the page whose last access is the longest ago. A pinned frame
 * keeps its place in the order.
 *
 * <p>{@link #victim} changes nothing, so that it gives the same answer until the victim is evicted,
 * hit or pinned.
 *
 * <p>RAM: 8 bytes a frame. Time: constant, and one step more for each pinned frame passed over.
 */
final class Lru extends QueuePolicy {

  Lru(int frames) {
    super(frames);
  }

  @Override
  public boolean tracksHits() {
    return true;
  }

  @Override
  public void hit(int frame) {
    queue.moveToLast(frame);
  }

  @Override
  public int victim(Frames frames) {
    return firstUnpinned(queue, frames);
  }
}
