package dev.virtmem.policy;

/**
 * FIFO that spares dirty pages for a while, since evicting one costs a write-back.
 *
 * <p>Each search starts at the oldest page and takes the first one that is clean, or that is dirty
 * and met for the n-th time since it was brought in: a dirty page is thus passed over n less one
 * times at most, and n = 1 is plain FIFO. A search that comes to the end of the order takes the
 * oldest page that is not pinned. A pinned one is passed over too, as often as it takes.
 *
 * <p>Calling {@link #victim} again without {@link #replaced} in between, say after a failed
 * write-back, is another search: the dirty pages that it passes over count it, and it may choose
 * another frame.
 *
 * <p>Where all pages are dirty and none is pinned, which is what a program that writes makes of
 * them, the search passes over all of them: one count for all stands for that.
 *
 * <p>RAM: 9 bytes a frame. Time: constant on average, as each page is passed over n less one times
 * at most, and one step more for each pinned frame passed over.
 */
final class CleanFirstFifo extends QueuePolicy {

  private final int encounters;

  /** How often each frame was passed over, less {@link #passes}. Never rises along the queue. */
  private final byte[] met;

  /** Searches that passed over all frames. Wraps, and so does the sum. */
  private byte passes;

  /**
   * Makes a policy.
   *
   * @param frames their number, at least 1
   * @param encounters the encounter at which a dirty page is taken, 1 to 9
   */
  CleanFirstFifo(int frames, int encounters) {
    super(frames);
    this.encounters = encounters;
    met = new byte[frames];
  }

  @Override
  public long ramBytes() {
    return super.ramBytes() + met.length;
  }

  @Override
  public boolean tracksHits() {
    return false;
  }

  @Override
  public void hit(int frame) {
    // The order of arrival and the dirty bits are all that counts.
  }

  @Override
  public void inserted(int frame, long page) {
    super.inserted(frame, page);
    met[frame] = (byte) -passes;
  }

  @Override
  public void replaced(int frame, long page) {
    super.replaced(frame, page);
    met[frame] = (byte) -passes;
  }

  private int passedOver(int frame) {
    return (byte) (met[frame] + passes);
  }

  @Override
  public int victim(Frames frames) {
    if (frames.dirtyCount() == queue.size() && frames.pinnedCount() == 0) {
      return oldestOfDirty();
    }
    int oldest = IndexList.NONE;
    for (int frame = queue.first(); frame != IndexList.NONE; frame = queue.next(frame)) {
      boolean pinned = frames.pinned(frame);
      boolean due = passedOver(frame) + 1 >= encounters;
      if (!pinned && (due || !frames.dirty(frame))) {
        return frame;
      }
      if (!due) {
        met[frame]++;
      }
      if (!pinned && oldest == IndexList.NONE) {
        oldest = frame;
      }
    }
    return oldest;
  }

  /** The oldest is due before all others; unless it is, all are passed over, itself included. */
  private int oldestOfDirty() {
    int oldest = queue.first();
    if (oldest != IndexList.NONE && passedOver(oldest) + 1 < encounters) {
      passes++;
    }
    return oldest;
  }

  @Override
  public void check() {
    super.check();
    int most = encounters - 1;
    for (int frame = queue.first(); frame != IndexList.NONE; frame = queue.next(frame)) {
      int count = passedOver(frame);
      if (count < 0 || count > most) {
        throw new IllegalStateException(
            "frame " + frame + " passed over " + count + " times, at most " + most + " can be");
      }
      most = count;
    }
  }
}
