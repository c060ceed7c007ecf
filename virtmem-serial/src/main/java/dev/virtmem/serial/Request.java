package dev.virtmem.serial;

/** A request that is under way, with what is needed to send it again. */
final class Request extends Sending {
  private static final byte[] NOTHING = {};

  int type;
  int number;

  /** What a WRITE changes in the pool; none for others. */
  final Ranges ranges = new Ranges();

  boolean answered;

  /** Is what it writes kept by {@link RefusedWrites}? */
  boolean kept;

  /** Where the bytes of a READ go; null for others, and if nobody wants them any more. */
  Piece piece;

  /** The body of the answer to what is neither READ nor WRITE. */
  byte[] answer = NOTHING;

  /** What the host said in place of an answer; null if nothing went wrong. */
  String error;

  Request() {
    super(NOTHING);
  }

  Request begin(int newType, int newNumber, Piece newPiece) {
    type = newType;
    number = newNumber;
    piece = newPiece;
    answered = false;
    kept = false;
    answer = NOTHING;
    error = null;
    sendings = 0;
    ranges.clear();
    return this;
  }

  @Override
  boolean isRead() {
    return type == FrameType.READ || type == FrameType.READ_AT_ONCE;
  }

  boolean isWrite() {
    return type == FrameType.WRITE || type == FrameType.WRITE_SEVERAL;
  }

  /** Does the answer to another request prove that one of this sending is not to come any more? */
  boolean isLostIf(Request other, long orderOfOther) {
    boolean before = (number - other.number & 0xFFFF) >= 0x8000;
    boolean bothAtOnce = type == FrameType.READ_AT_ONCE && other.type == FrameType.READ_AT_ONCE;
    boolean inOrder = before && other.type != FrameType.READ_AT_ONCE;
    return !answered && order < orderOfOther && (bothAtOnce || inOrder);
  }

  /** Makes room for a frame with a body of so many bytes. */
  void reserve(int body) {
    int length = FrameWriter.encodedLength(body);
    if (frame.length < length) {
      frame = new byte[length];
    }
  }
}
