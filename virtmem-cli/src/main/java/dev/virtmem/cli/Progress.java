package dev.virtmem.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on standard error, if that is a terminal; else nothing. */
final class Progress implements AutoCloseable {
  private static final int WIDTH = 78;
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  /** Null if nobody watches. */
  private final ProgressBar bar;

  private Progress(ProgressBar bar) {
    this.bar = bar;
  }

  /**
   * Starts a bar.
   *
   * @param task what is done
   * @param max how much there is to do, or -1 if that is not known
   * @param unit such as KiB
   * @param unitSize how much of it a unit is
   */
  static Progress start(String task, long max, String unit, long unitSize) {
    if (!watched()) {
      return new Progress(null);
    }
    return new Progress(
        ProgressBar.builder()
            .setTaskName(task)
            .setInitialMax(max)
            .setUnit(" " + unit, unitSize)
            .setStyle(ProgressBarStyle.ASCII)
            .setUpdateIntervalMillis(100)
            // Made here, since the library's own looks for a terminal with native code.
            .setConsumer(new ConsoleProgressBarConsumer(System.err, WIDTH))
            .clearDisplayOnFinish()
            .build());
  }

  /** Says how much is done. */
  void to(long done) {
    if (bar != null) {
      bar.stepTo(done);
    }
  }

  /** Says how much more is done. */
  void by(long more) {
    if (bar != null) {
      bar.stepBy(more);
    }
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
    }
  }

  /** Java itself only tells whether standard input and output are terminals, both together. */
  static boolean watched() {
    try {
      String target = Files.readSymbolicLink(STANDARD_ERROR).toString();
      return target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
    } catch (IOException | UnsupportedOperationException e) {
      return System.console() != null && System.console().isTerminal();
    }
  }
}
