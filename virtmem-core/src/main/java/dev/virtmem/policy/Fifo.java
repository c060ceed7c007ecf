package dev.virtmem.policy;

/**
 * First in, first out: the victim is the page that was brought in before all others, whatever has
 * happened to it since. A pinned frame keeps its place in the order.
 *
 * <p>{@link #victim} changes nothing, so that it gives the same answer until the victim is evicted
 * or pinned.
 *
 * <p>RAM: 8 bytes a frame. Time: constant, and one step more for each pinned frame passed over.
 */
final class Fifo extends QueuePolicy {

  Fifo(int frames) {
    super(frames);
  }

  @Override
  public boolean tracksHits() {
    return false;
  }

  @Override
  public void hit(int frame) {
    // The order of arrival is all that counts.
  }

  @Override
  public int victim(Frames frames) {
    return firstUnpinned(queue, frames);
  }
}
