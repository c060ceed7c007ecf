package dev.virtmem.serial;

/** The requests under way, oldest first, each found by its number. */
final class Window {
  private static final int NUMBERS = 1 << 16;

  private final Request[] requests;
  private int first;
  private int count;
  private int answerBytes;
  private int requestBytes;

  /** Creates an empty window for up to {@code capacity} requests. */
  Window(int capacity) {
    requests = new Request[capacity];
    for (int i = 0; i < capacity; i++) {
      requests[i] = new Request();
    }
  }

  boolean isEmpty() {
    return count == 0;
  }

  boolean isFull() {
    return count == requests.length;
  }

  int size() {
    return count;
  }

  /** Returns the request that is {@code i} behind the oldest. */
  Request get(int i) {
    return requests[(first + i) % requests.length];
  }

  /** Returns the number that the next request will have. */
  int nextNumber() {
    return first + count & NUMBERS - 1;
  }

  /** Returns how many bytes the answers under way take on the line. */
  int answerBytes() {
    return answerBytes;
  }

  /** Returns how many bytes the requests under way and their answers take on the line. */
  int bytes() {
    return answerBytes + requestBytes;
  }

  /** Returns the request with a number, or null if none such is under way. */
  Request find(int number) {
    int behind = number - first & NUMBERS - 1;
    return behind < count && !get(behind).answered ? get(behind) : null;
  }

  /** Returns the place of the next request, to be filled before it is {@link #added}. */
  Request next() {
    return get(count);
  }

  /** Counts in the request at {@link #next()}. */
  void added() {
    Request request = get(count++);
    answerBytes += request.answerLength;
    requestBytes += request.frameLength;
  }

  /** Makes nobody wait for the bytes of a piece any more. */
  void forget(Piece piece) {
    for (int i = 0; i < count; i++) {
      if (get(i).piece == piece) {
        get(i).piece = null;
      }
    }
  }

  /** Is there an unanswered write to a part of this range? */
  boolean isWritten(long from, long end) {
    for (int i = 0; i < count; i++) {
      if (!get(i).answered && get(i).ranges.overlap(from, end)) {
        return true;
      }
    }
    return false;
  }

  /** Is anything unanswered but reads? */
  boolean hasUnfinished() {
    for (int i = 0; i < count; i++) {
      if (!get(i).answered && !get(i).isRead()) {
        return true;
      }
    }
    return false;
  }

  /** Notes that a request was answered, and moves on over those that are done. */
  void answered(Request request) {
    request.answered = true;
    answerBytes -= request.answerLength;
    requestBytes -= request.frameLength;
    while (count > 0 && get(0).answered) {
      first = first + 1 & NUMBERS - 1;
      count--;
    }
  }
}
