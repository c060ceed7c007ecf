package dev.virtmem.policy;

/**
 * SIEVE: the hand goes from the oldest page to the newest and then starts over, clears the visited
 * bit of those that were hit since it last came by, and stops at the first one that was not. Unlike
 * in {@link Clock}, pages keep their order of arrival: a new page is added at the newest end, not
 * behind the hand, so that one that nobody asks for again is soon gone.
 *
 * <p>A pinned frame keeps its place and its bit.
 *
 * <p>{@link #victim} leaves the hand at its choice, and {@link #replaced} moves it on: called
 * again, it chooses the same frame unless that was hit or pinned in between.
 *
 * <p>RAM: 9 bytes a frame. Time: constant on average, as each step is paid for by a hit, and one
 * step more for each pinned frame passed over.
 *
 * @see <a href="https://www.usenix.org/conference/nsdi24/presentation/zhang-yazhuo">Zhang et al.,
 *     SIEVE is simpler than LRU, NSDI 2024</a>
 */
final class Sieve extends QueuePolicy {

  private final boolean[] visited;

  /** The frame to look at next; {@link IndexList#NONE} stands for the oldest one. */
  private int hand = IndexList.NONE;

  Sieve(int frames) {
    super(frames);
    visited = new boolean[frames];
  }

  @Override
  public long ramBytes() {
    return super.ramBytes() + visited.length;
  }

  @Override
  public boolean tracksHits() {
    return true;
  }

  @Override
  public void inserted(int frame, long page) {
    super.inserted(frame, page);
    visited[frame] = false;
  }

  @Override
  public void replaced(int frame, long page) {
    moveHandFrom(frame);
    super.replaced(frame, page);
  }

  @Override
  public void hit(int frame) {
    visited[frame] = true;
  }

  @Override
  public void removed(int frame) {
    moveHandFrom(frame);
    super.removed(frame);
  }

  private void moveHandFrom(int frame) {
    if (frame == hand) {
      hand = queue.next(frame);
    }
  }

  @Override
  public int victim(Frames frames) {
    // Once round to clear every bit, once more to find a frame: all are pinned if that fails.
    for (int steps = 2 * queue.size(); steps > 0; steps--) {
      if (hand == IndexList.NONE) {
        hand = queue.first();
      }
      if (!frames.pinned(hand)) {
        if (!visited[hand]) {
          return hand;
        }
        visited[hand] = false;
      }
      hand = queue.next(hand);
    }
    return IndexList.NONE;
  }

  @Override
  public void check() {
    super.check();
    int frame = hand == IndexList.NONE ? IndexList.NONE : queue.first();
    while (frame != hand) {
      if (frame == IndexList.NONE) {
        throw new IllegalStateException("the hand is at frame " + hand + ", which holds no page");
      }
      frame = queue.next(frame);
    }
  }
}
