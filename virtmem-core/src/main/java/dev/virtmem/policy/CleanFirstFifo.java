package dev.virtmem.policy;

/**
 * FIFO that spares dirty pages for a while, since evicting one costs a write-back.
 *
 * <p>Each search starts at the oldest page and takes the first one that is clean, or that is dirty
 * and met for the n-th time since it was brought in: a dirty page is thus passed over n less one
 * times at most, and n = 1 is plain FIFO. A search that comes to the end of the order takes the
 * oldest page. Pinned frames are passed over without being counted and keep their place.
 *
 * <p>Calling {@link #victim} again without {@link #evicted} in between, say after a failed
 * write-back, is another search: the dirty pages that it passes over count it, and it may choose
 * another frame.
 *
 * <p>RAM: 9 bytes a frame. Time: constant on average, as each page is passed over n less one times
 * at most, and one step more for each pinned frame passed over.
 */
final class CleanFirstFifo extends QueuePolicy {

  private final int encounters;
  private final byte[] met;

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
    met[frame] = 0;
  }

  @Override
  public int victim(Frames frames) {
    int oldest = IndexList.NONE;
    for (int frame = queue.first(); frame != IndexList.NONE; frame = queue.next(frame)) {
      if (frames.pinned(frame)) {
        continue;
      }
      if (met[frame] + 1 >= encounters || !frames.dirty(frame)) {
        return frame;
      }
      met[frame]++;
      if (oldest == IndexList.NONE) {
        oldest = frame;
      }
    }
    return oldest;
  }

  @Override
  public void check() {
    super.check();
    for (int frame = 0; frame < met.length; frame++) {
      if (met[frame] < 0 || met[frame] >= encounters) {
        throw new IllegalStateException("frame " + frame + " passed over " + met[frame] + " times");
      }
    }
  }
}
