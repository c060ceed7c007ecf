package dev.virtmem.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A text to count.
 *
 * @param name what it is called in reports
 * @param bytes its length, or -1 if that is not known
 * @param source opens it
 */
record Text(String name, long bytes, Source source) {

  /** Opens a text. */
  interface Source {
    InputStream open() throws IOException;
  }

  /** Returns the text that is always at hand: the licence of this program. */
  static Text licence() throws IOException {
    Source source = () -> Text.class.getResourceAsStream("LICENSE");
    try (InputStream in = source.open()) {
      return new Text("the Apache License 2.0", in.readAllBytes().length, source);
    }
  }

  /**
   * Returns a text in a file.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  static Text of(Path file) {
    if (!Files.exists(file)) {
      throw new IllegalArgumentException("there is no file " + file);
    }
    if (Files.isDirectory(file)) {
      throw new IllegalArgumentException(file + " is a directory, not a text");
    }
    return new Text(file.toString(), length(file), () -> Files.newInputStream(file));
  }

  private static long length(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.size(file) : -1;
    } catch (IOException e) {
      return -1;
    }
  }
}
