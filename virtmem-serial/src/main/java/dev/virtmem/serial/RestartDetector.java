package dev.virtmem.serial;

/**
 * Recognises the inits of a device that was reset inside a command, where they look like arguments
 * or data: three times in a row nothing but {@code FF 00}, each after a pause. A device repeats its
 * init every 50 ms; data do not come like that.
 */
final class RestartDetector {
  private static final long PAUSE = 30_000_000;
  private static final int PAUSES = 2;

  private long last;
  private int bursts;
  private boolean pure;
  private int length;

  /** Notes that bytes came at a time, before they are handed over one by one. */
  void arrival(long nanos) {
    if (nanos - last >= PAUSE) {
      bursts = pure && length > 0 && length % 2 == 0 ? bursts + 1 : 0;
      pure = true;
      length = 0;
    }
    last = nanos;
  }

  /** Can the bytes that come now still be inits? If not, they need not be handed over. */
  boolean isPure() {
    return pure;
  }

  /** Notes that bytes came that are no inits. */
  void other() {
    pure = false;
  }

  /** Takes the next byte. Has a device started over with it? */
  boolean isRestart(byte next) {
    pure = pure && next == (length % 2 == 0 ? (byte) Plain.START : (byte) Plain.INIT);
    length++;
    return pure && length % 2 == 0 && bursts >= PAUSES;
  }
}
