package dev.virtmem.serial;

import dev.virtmem.serial.HostEvent.Kind;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * Text on its way to a port that may be gone, slow, or read by nobody: a queue that drops the
 * oldest when it is full, counts that, and tells. Who adds never waits; one thread takes.
 */
final class PassText {
  private final InputQueue queue;
  private final int capacity;
  private final HostListener listener;
  private final Queue<String> untold = new ArrayDeque<>();
  private final Object telling = new Object();
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
    offer(bytes, from, length);
    tell();
  }

  private synchronized void offer(byte[] bytes, int from, int length) {
    int kept = Math.min(length, capacity);
    int excess = Math.max(0, queue.available() + kept - capacity);
    queue.drop(excess);
    queue.add(bytes, from + length - kept, kept);
    notifyAll();
    int lost = length - kept + excess;
    dropped += lost;
    if (lost > 0 && !overflowing) {
      overflowing = true;
      overflows++;
      if (isTold()) {
        String what = "the text is not taken, or too slowly: all but the last " + capacity;
        untold.add(what + " bytes of it are dropped");
      }
    }
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
    synchronized (this) {
      if (overflowing && queue.available() == 0) {
        overflowing = false;
        if (isTold()) {
          tellDropped("the text is taken again");
        }
      }
    }
    tell();
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
    synchronized (this) {
      dropped += queue.available();
      queue.drop(queue.available());
      if (dropped > droppedTold) {
        tellDropped("the text ends");
      }
    }
    tell();
  }

  private void tellDropped(String when) {
    droppedTold = dropped;
    untold.add(when + ", " + dropped + " bytes of it were dropped");
  }

  /** Tells in the order in which it happened, whichever thread comes first. */
  private void tell() {
    synchronized (telling) {
      for (String what = nextUntold(); what != null; what = nextUntold()) {
        listener.event(new HostEvent(Kind.DROPPED, what));
      }
    }
  }

  private synchronized String nextUntold() {
    return untold.poll();
  }
}
