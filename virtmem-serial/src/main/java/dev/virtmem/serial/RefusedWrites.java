package dev.virtmem.serial;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes that the host's store refused, and those that were sent after them, since they may be to
 * the same bytes. To be sent again in this order, before anything else.
 */
final class RefusedWrites {
  /** A WRITE or WRITE SEVERAL: its body, and what it changes. */
  record Refused(int type, byte[] body, Ranges ranges) {}

  private final List<Refused> writes = new ArrayList<>();

  private String reason;

  boolean isEmpty() {
    return writes.isEmpty();
  }

  /** Takes over a request of the window that was answered by an error. */
  void add(Request refused, Window window) {
    reason = refused.error;
    var batch = new ArrayList<Refused>();
    boolean after = false;
    for (int i = 0; i < window.size(); i++) {
      Request request = window.get(i);
      after |= request == refused;
      if (after && request.isWrite() && !request.kept) {
        request.kept = true;
        var ranges = new Ranges();
        ranges.set(request.ranges);
        batch.add(new Refused(request.type, body(request), ranges));
      }
    }
    // What is here already waits since an earlier refusal, and so is younger.
    writes.addAll(0, batch);
  }

  private static byte[] body(Request request) {
    var reader = new FrameReader(FrameType.HOST_DATA + 4);
    reader.feed(request.frame, 0, request.frameLength);
    if (!reader.decode()) {
      throw new IllegalStateException("a frame that was sent cannot be decoded");
    }
    int from = reader.bodyStart();
    return Arrays.copyOfRange(reader.array(), from, from + reader.bodyLength());
  }

  /** Returns the next write to be sent again. */
  Refused first() {
    return writes.getFirst();
  }

  /** Forgets the first, which is sent again now. */
  void removeFirst() {
    writes.removeFirst();
  }

  /** Has the host refused something since the reason was taken? */
  boolean hasReason() {
    return reason != null;
  }

  /** Returns what the host said last. */
  String takeReason() {
    String taken = reason;
    reason = null;
    return taken;
  }
}
