package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;

/**
 * Text on its way to a port that may be gone, slow, or read by nobody: a queue that drops the
 * oldest when it is full, counts that, and tells. Who adds never waits; one thread takes.
 */
final class PassText {
  private final InputQueue queue;
  private final int capacity;
  private final HostListener listener;
  private long dropped;
  private long droppedTold;
  private boolean overflowing;
  private long overflows;
  private boolean ended;

  PassText(int capacity, HostListener listener) {
    this.queue = new InputQueue(capacity);
    this.capacity = capacity;
    this.listener = listener;
  }

  void add(byte[] bytes, int from, int length) {
    if (offer(bytes, from, length)) {
      String what = "the text is not taken, or too slowly: all but the last " + capacity;
      listener.event(new HostEvent(Kind.DROPPED, what + " bytes of it are dropped"));
    }
  }

  /** Returns whether it is to be told that text is dropped from now on. */
  private synchronized boolean offer(byte[] bytes, int from, int length) {
    int kept = Math.min(length, capacity);
    int excess = Math.max(0, queue.available() + kept - capacity);
    queue.drop(excess);
    queue.add(bytes, from + length - kept, kept);
    notifyAll();
    int lost = length - kept + excess;
    dropped += lost;
    boolean begins = lost > 0 && !overflowing;
    if (begins) {
      overflowing = true;
      overflows++;
    }
    return begins && isTold();
  }

  /** An overflow and its end are told at the first, second, fourth, eighth time and so on. */
  private boolean isTold() {
    return Long.bitCount(overflows) == 1;
  }

  /** Takes the oldest text, which is waited for. Returns how many bytes, 0 at the end. */
  synchronized int take(byte[] target) {
    try {
      while (!ended && queue.available() == 0) {
        wait();
      }
    } catch (InterruptedException e) {
      ended = true;
    }
    int count = ended ? 0 : queue.peek(target, 0, target.length);
    queue.drop(count);
    return count;
  }

  /** What was taken got to the port. */
  void arrived() {
    boolean tell = false;
    synchronized (this) {
      if (overflowing && queue.available() == 0) {
        overflowing = false;
        tell = isTold();
      }
    }
    if (tell) {
      tellDropped("the text is taken again");
    }
  }

  /** What was taken did not get to the port. */
  synchronized void lost(int count) {
    dropped += count;
  }

  synchronized long dropped() {
    return dropped;
  }

  /** Lets nobody wait any longer. */
  synchronized void end() {
    ended = true;
    notifyAll();
  }

  /** Drops what is left, and tells what was not told yet. */
  void close() {
    boolean tell;
    synchronized (this) {
      dropped += queue.available();
      queue.drop(queue.available());
      tell = dropped > droppedTold;
    }
    if (tell) {
      tellDropped("the text ends");
    }
  }

  private void tellDropped(String when) {
    long count;
    synchronized (this) {
      count = dropped;
      droppedTold = count;
    }
    listener.event(new HostEvent(Kind.DROPPED, when + ", " + count + " bytes of it were dropped"));
  }
}
