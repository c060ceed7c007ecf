package dev.virtmem.cache;

import dev.virtmem.LockUnavailableException;
import java.util.ArrayList;
import java.util.List;

/** The open locks, in the order in which they were taken. */
final class FrameHolders {
  private final Frames frames;
  private final List<Hold> holds = new ArrayList<>();

  FrameHolders(Frames frames) {
    this.frames = frames;
  }

  void add(Hold hold) {
    holds.add(hold);
  }

  void remove(Hold hold) {
    holds.remove(hold);
  }

  List<Hold> all() {
    return holds;
  }

  /** Says that no frame can be had, and who holds them. */
  LockUnavailableException noFrame(long address) {
    var text = new StringBuilder();
    text.append("no frame can be had for address ").append(address);
    text.append(": of ").append(frames.count).append(" frames of ").append(frames.pageSize);
    text.append(" bytes ").append(frames.pinnedCount()).append(" are locked");
    String separator = ", by locks of ";
    int listed = 0;
    for (Hold hold : holds) {
      if (++listed > 8) {
        text.append(" and ").append(holds.size() - 8).append(" more");
        break;
      }
      text.append(separator).append(hold.size).append(" bytes at ").append(hold.address);
      separator = ", ";
    }
    var exception = new LockUnavailableException(text.toString());
    holds.stream().filter(h -> h.origin != null).forEach(h -> exception.addSuppressed(h.origin));
    return exception;
  }
}
