package dev.virtmem.serial;

/** A frame that is sent, again if need be, until it is answered. */
abstract class Sending {
  /** The frame as it goes over the line. */
  byte[] frame;

  int frameLength;

  /** The most bytes that the answer takes on the line. */
  int answerLength;

  /** Which sending of a frame the last one of this was, counted over all. */
  long order;

  /** When the answer is late, in ns of the line's clock. */
  long due;

  int sendings;

  Sending(byte[] frame) {
    this.frame = frame;
  }

  /** Does somebody wait for the bytes of the answer? */
  abstract boolean isRead();
}
