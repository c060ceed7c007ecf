package dev.virtmem.sim.replay;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Path;

/** A trace has a line that cannot be read; the message names the file and the line. */
public final class TraceFormatException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  TraceFormatException(Path file, long line, String found, String wanted) {
    super("%s:%d: '%s' is not %s".formatted(file, line, shortened(found), wanted));
  }

  TraceFormatException(Path file) {
    super(file + ": the trace is empty");
  }

  private static String shortened(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "...";
  }
}
