package dev.virtmem.policy;

/**
 * S3-FIFO: a small queue sieves out pages that are used once only, a main queue holds the others,
 * and a record of ghosts (pages evicted from the small queue) lets one that comes back enter the
 * main queue at once.
 *
 * <p>A counter for each frame goes up with each hit, to 3 at most. With C frames, the small queue
 * is meant for max(1, C / 10) and the main queue for the rest. Unless the main queue is above its
 * share, the victim comes from the small one: pages hit at least twice move on to the main queue,
 * their counters cleared, up to the first that was not. Otherwise, or if all moved on, it comes
 * from the main queue: pages with a counter above 0 go to the end of it with the counter one lower,
 * up to the first at 0. There are as many ghosts as frames in the main queue's share.
 *
 * <p>Pinned frames keep their place and their counter. If the main queue's turn finds all of it
 * pinned, the oldest unpinned frame of the small queue is taken, whatever its counter.
 *
 * <p>{@link #victim} moves pages within and between the queues; called again, it chooses the same
 * frame unless that was hit or pinned in between.
 *
 * <p>RAM: 18 bytes a frame, and 24 to 32 bytes for each ghost. Time: constant on average, as each
 * step is paid for by a hit, and one step more for each pinned frame passed over.
 *
 * @see <a href="https://dl.acm.org/doi/10.1145/3600006.3613147">Yang et al., FIFO queues are all
 *     you need for cache eviction, SOSP 2023</a>
 */
final class S3Fifo implements CheckedPolicy {

  private static final int MOST_HITS = 3;
  private static final int HITS_TO_STAY = 2;

  private final int mainShare;
  private final IndexList small;
  private final IndexList main;
  private final GhostPages ghosts;
  private final long[] pages;
  private final byte[] hits;
  private final boolean[] inMain;

  S3Fifo(int frames) {
    mainShare = frames - Math.max(1, frames / 10);
    small = new IndexList(frames);
    main = small.sibling();
    // One to spare: a page is looked up after its victim has become a ghost.
    ghosts = new GhostPages(mainShare + 1);
    pages = new long[frames];
    hits = new byte[frames];
    inMain = new boolean[frames];
  }

  @Override
  public long ramBytes() {
    return small.ramBytes() + ghosts.ramBytes() + 10L * pages.length;
  }

  @Override
  public boolean tracksHits() {
    return true;
  }

  @Override
  public void inserted(int frame, long page) {
    boolean ghost = ghosts.remove(page);
    ghosts.shrinkTo(mainShare);
    queue(ghost).addLast(frame);
    inMain[frame] = ghost;
    pages[frame] = page;
    hits[frame] = 0;
  }

  @Override
  public void hit(int frame) {
    if (hits[frame] < MOST_HITS) {
      hits[frame]++;
    }
  }

  @Override
  public void removed(int frame) {
    queue(inMain[frame]).remove(frame);
  }

  @Override
  public void replaced(int frame, long page) {
    removed(frame);
    if (!inMain[frame]) {
      ghosts.add(pages[frame]);
    }
    inserted(frame, page);
  }

  @Override
  public int victim(Frames frames) {
    int victim = main.size() > mainShare ? IndexList.NONE : fromSmall(frames);
    if (victim == IndexList.NONE) {
      victim = fromMain(frames);
    }
    return victim == IndexList.NONE ? QueuePolicy.firstUnpinned(small, frames) : victim;
  }

  private int fromSmall(Frames frames) {
    int frame = small.first();
    while (frame != IndexList.NONE) {
      boolean pinned = frames.pinned(frame);
      if (!pinned && hits[frame] < HITS_TO_STAY) {
        return frame;
      }
      int next = small.next(frame);
      if (!pinned) {
        small.remove(frame);
        main.addLast(frame);
        inMain[frame] = true;
        hits[frame] = 0;
      }
      frame = next;
    }
    return IndexList.NONE;
  }

  private int fromMain(Frames frames) {
    int frame = main.first();
    while (frame != IndexList.NONE) {
      boolean pinned = frames.pinned(frame);
      if (!pinned && hits[frame] == 0) {
        return frame;
      }
      int next = main.next(frame);
      if (!pinned) {
        hits[frame]--;
        main.moveToLast(frame);
        // The last frame stays last, and is next to be looked at.
        next = next == IndexList.NONE ? frame : next;
      }
      frame = next;
    }
    return IndexList.NONE;
  }

  private IndexList queue(boolean ofMain) {
    return ofMain ? main : small;
  }

  @Override
  public void check() {
    checkQueue(false);
    checkQueue(true);
    ghosts.check();
  }

  private void checkQueue(boolean ofMain) {
    IndexList queue = queue(ofMain);
    queue.check();
    for (int frame = queue.first(); frame != IndexList.NONE; frame = queue.next(frame)) {
      if (inMain[frame] != ofMain || hits[frame] < 0 || hits[frame] > MOST_HITS) {
        throw new IllegalStateException(
            "frame " + frame + " in the wrong queue, or hit " + hits[frame] + " times");
      }
    }
  }
}
