package dev.virtmem.policy;

/** What the policies share that keep all frames in one queue, the oldest first. */
abstract class QueuePolicy implements CheckedPolicy {

  /** The frames that hold a page. */
  final IndexList queue;

  QueuePolicy(int frames) {
    queue = new IndexList(frames);
  }

  /** The first frame of a list that is not pinned, or -1. */
  static int firstUnpinned(IndexList list, Frames frames) {
    int frame = list.first();
    while (frame != IndexList.NONE && frames.pinned(frame)) {
      frame = list.next(frame);
    }
    return frame;
  }

  @Override
  public long ramBytes() {
    return queue.ramBytes();
  }

  @Override
  public void inserted(int frame, long page) {
    queue.addLast(frame);
  }

  @Override
  public void removed(int frame) {
    queue.remove(frame);
  }

  @Override
  public void replaced(int frame, long page) {
    queue.moveToLast(frame);
  }

  @Override
  public void check() {
    queue.check();
  }
}
