package dev.virtmem.policy;

/**
 * CLOCK, also called second chance: the hand goes round the frames, clears the reference bit of
 * those that were hit since it last came by, and stops at the first one that was not. A page is
 * brought in with its bit cleared, just behind the hand.
 *
 * <p>The circle is a queue whose first frame is the one under the hand, so that passing a frame
 * means moving it to the end. A pinned frame keeps its place and its bit.
 *
 * <p>{@link #victim} leaves the hand at its choice: called again, it chooses the same frame unless
 * that was hit or pinned in between.
 *
 * <p>RAM: 9 bytes a frame. Time: constant on average, as each step is paid for by a hit, and one
 * step more for each pinned frame passed over.
 */
final class Clock extends QueuePolicy {

  private final boolean[] referenced;

  Clock(int frames) {
    super(frames);
    referenced = new boolean[frames];
  }

  @Override
  public long ramBytes() {
    return super.ramBytes() + referenced.length;
  }

  @Override
  public boolean tracksHits() {
    return true;
  }

  @Override
  public void inserted(int frame, long page) {
    super.inserted(frame, page);
    referenced[frame] = false;
  }

  @Override
  public void hit(int frame) {
    referenced[frame] = true;
  }

  @Override
  public int victim(Frames frames) {
    int frame = queue.first();
    while (frame != IndexList.NONE) {
      boolean pinned = frames.pinned(frame);
      if (!pinned && !referenced[frame]) {
        return frame;
      }
      int next = queue.next(frame);
      if (!pinned) {
        referenced[frame] = false;
        queue.moveToLast(frame);
        // The last frame stays last, and is next to be looked at.
        next = next == IndexList.NONE ? frame : next;
      }
      frame = next;
    }
    return IndexList.NONE;
  }
}
