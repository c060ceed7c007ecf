package dev.virtmem.serial;

/**
 * The SHORT READ that somebody waits for. There is at most one; its tag tells late answers from
 * damaged ones.
 */
final class ShortRead extends Sending {
  /** The most bytes that it can ask for. */
  static final int MOST = 255;

  /** Bytes on the line of the longest answer, beside the data. */
  private static final int OVERHEAD = 8;

  /** Where the bytes go, or null if none is under way. */
  Piece piece;

  private final byte[] raw = new byte[FrameType.SHORT_MOST];
  private int rawLength;
  private int tag;

  ShortRead() {
    super(new byte[FrameType.SHORT_MOST + 2]);
  }

  @Override
  boolean isRead() {
    return true;
  }

  void begin(Piece newPiece) {
    piece = newPiece;
    answerLength = piece.length + OVERHEAD;
    sendings = 0;
    tag = tag + 1 & FrameType.SHORT_TAGS;
    raw[0] = (byte) (FrameType.SHORT_READ | tag);
    raw[1] = (byte) piece.length;
    rawLength = 2;
    for (long rest = piece.offset; rawLength == 2 || rest != 0; rest >>>= 8) {
      raw[rawLength++] = (byte) rest;
    }
    frameLength = FrameWriter.encode(raw, rawLength, frame, 0);
  }

  boolean isUnderWay() {
    return piece != null;
  }

  /** Returns how many bytes request and answer take on the line. */
  int bytes() {
    return isUnderWay() ? frameLength + answerBytes() : 0;
  }

  /** Returns how many bytes the answer takes on the line. */
  int answerBytes() {
    return isUnderWay() ? answerLength : 0;
  }

  /** Is this an answer, damaged perhaps, to what is under way and not to an earlier one? */
  boolean isMeantBy(FrameReader reader) {
    return isUnderWay() && reader.type() == (FrameType.SHORT_READ | FrameType.ANSWER | tag);
  }

  boolean isAnsweredBy(FrameReader reader, long session) {
    return reader.isOf(session, raw, rawLength);
  }

  /** Takes the bytes, or that there are none, since the host could not read them. */
  void take(FrameReader reader) {
    if (reader.shortLength() == piece.length) {
      System.arraycopy(reader.array(), 1, piece.data, 0, piece.length);
      piece.arrived = true;
    } else {
      piece.refused = true;
    }
    piece = null;
  }
}
