package dev.virtmem.cli;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * Appends what devices print to a file, byte for byte, at once. A file that cannot be written is
 * told of once, and tried again with the next text; what was printed meanwhile is missing in it.
 * Safe for use by several threads.
 */
final class ServeLog implements AutoCloseable {
  private final Path file;
  private final OutputStream out;
  private final boolean prefixed;
  private final Consumer<String> problems;
  private String lastPort = "";
  private boolean lineOpen;
  private boolean failing;

  /**
   * Opens a file, or makes one.
   *
   * @param prefixed whether each line starts with its port
   * @param problems is told when the file cannot be written, and when it can again
   * @throws IOException if it cannot be opened
   */
  ServeLog(Path file, boolean prefixed, Consumer<String> problems) throws IOException {
    this.file = file;
    this.prefixed = prefixed;
    this.problems = problems;
    out = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  /** Appends what a device printed; never throws, whatever becomes of the file. */
  synchronized void text(String port, byte[] bytes, int from, int length) {
    try {
      if (prefixed) {
        out.write(withPrefixes(port, bytes, from, length));
      } else {
        out.write(bytes, from, length);
      }
      if (failing) {
        failing = false;
        problems.accept("the log " + file + " can be written again");
      }
    } catch (IOException e) {
      // Part of it may have been written: the next text starts a line.
      lineOpen = true;
      lastPort = "";
      if (!failing) {
        failing = true;
        problems.accept("cannot write the log " + file + ": " + e.getMessage());
      }
    }
  }

  /** Says why a file cannot be opened, without its name. */
  static String reason(IOException error) {
    return switch (error) {
      case NoSuchFileException e -> "there is no such folder";
      case AccessDeniedException e -> "may not be written by this user";
      case FileSystemException e when e.getReason() != null -> e.getReason();
      default -> error.getMessage();
    };
  }

  private byte[] withPrefixes(String port, byte[] bytes, int from, int length) {
    var lines = new ByteArrayOutputStream(length + 64);
    if (lineOpen && !port.equals(lastPort)) {
      lines.write('\n');
      lineOpen = false;
    }
    lastPort = port;
    for (int at = from; at < from + length; at++) {
      if (!lineOpen) {
        lines.writeBytes((port + ": ").getBytes(StandardCharsets.UTF_8));
      }
      lines.write(bytes[at]);
      lineOpen = bytes[at] != '\n';
    }
    return lines.toByteArray();
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException e) {
      problems.accept("cannot close the log " + file + ": " + e.getMessage());
    }
  }
}
