package dev.virtmem.spiram;

import com.pi4j.exception.Pi4JException;

/**
 * Cuts the texts of Pi4J's exceptions, which quote whole buffers: some 25,000 characters for 4 KiB.
 * The beginning says what failed, the end has the number of the error.
 */
final class Failures {
  private static final int HEAD = 120;
  private static final int TAIL = 120;

  private Failures() {}

  /**
   * Returns the message of an exception.
   *
   * @return at most 245 characters
   */
  static String text(Throwable failure) {
    String text = failure.getMessage();
    if (text == null || text.isBlank()) {
      return failure.getClass().getSimpleName();
    }
    text = text.strip();
    return text.length() <= HEAD + TAIL
        ? text
        : text.substring(0, HEAD) + " ... " + text.substring(text.length() - TAIL);
  }

  /**
   * Returns a stand-in for an exception of Pi4J, so that a logged stack trace does not print the
   * long texts either.
   *
   * @return the exception itself if no text in its chain of causes is long
   */
  static Throwable shortened(Throwable failure) {
    for (Throwable t = failure; t != null; t = t.getCause()) {
      if (t.getMessage() != null && t.getMessage().length() > HEAD + TAIL) {
        var stand = new Pi4JException(text(failure));
        stand.setStackTrace(failure.getStackTrace());
        return stand;
      }
    }
    return failure;
  }
}
