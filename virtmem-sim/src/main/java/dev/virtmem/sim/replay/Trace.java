package dev.virtmem.sim.replay;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/**
 * A file of recorded accesses, one a line, plain or compressed by gzip. It is read anew, line by
 * line, each time that it is {@linkplain #forEach visited}; only one line is ever in memory. Empty
 * lines mean nothing.
 */
public final class Trace {
  /** The most bytes that one access of a memory trace may have. */
  static final int MAX_ACCESS = 65_536;

  /** Block numbers are below this, so that their addresses are numbers of 62 bits. */
  static final long BLOCKS = 1L << 44;

  private final Path file;
  private final TraceFormat format;

  private Trace(Path file, TraceFormat format) {
    this.file = file;
    this.format = format;
  }

  /** Receives the accesses of a trace. */
  @FunctionalInterface
  public interface Visitor {
    /**
     * Receives an access.
     *
     * @param write whether it was a write
     * @param at the number of the block or page; or the address of the first byte in a {@link
     *     TraceFormat#MEMORY} trace
     * @param size 1; or the number of bytes, 1 to 65,536, in a {@link TraceFormat#MEMORY} trace
     */
    void access(boolean write, long at, int size);
  }

  /**
   * Opens a trace, and detects its format by the first line.
   *
   * @param file a trace; compressed if its first two bytes say so, whatever it is called
   * @return the trace
   * @throws TraceFormatException if the first line is of no format, or there is none
   * @throws IOException if the file cannot be read
   */
  public static Trace open(Path file) throws IOException {
    try (var reader = reader(file)) {
      long number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine(), number++) {
        for (TraceFormat format : TraceFormat.values()) {
          if (format.parse(line.strip(), (write, at, size) -> {})) {
            return new Trace(file, format);
          }
        }
        if (!line.isBlank()) {
          throw new TraceFormatException(
              file,
              number,
              line,
              "%s, %s or %s".formatted(TraceFormat.BLOCKS, TraceFormat.PAGES, TraceFormat.MEMORY));
        }
      }
      throw new TraceFormatException(file);
    }
  }

  /**
   * Returns how its lines look.
   *
   * @return the format
   */
  public TraceFormat format() {
    return format;
  }

  /**
   * Reads the trace from its start to its end.
   *
   * @param visitor receives the accesses in their order
   * @return how many there were
   * @throws TraceFormatException if a line cannot be read
   * @throws IOException if the file cannot be read
   */
  public long forEach(Visitor visitor) throws IOException {
    long accesses = 0;
    try (var reader = reader(file)) {
      long number = 1;
      for (String line = reader.readLine(); line != null; line = reader.readLine(), number++) {
        if (format.parse(line.strip(), visitor)) {
          accesses++;
        } else if (!line.isBlank()) {
          throw new TraceFormatException(file, number, line, format.toString());
        }
      }
    }
    return accesses;
  }

  private static BufferedReader reader(Path file) throws IOException {
    InputStream bytes = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    try {
      bytes.mark(2);
      boolean compressed = bytes.read() == 0x1f && bytes.read() == 0x8b;
      bytes.reset();
      InputStream plain = compressed ? new GZIPInputStream(bytes, 1 << 16) : bytes;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      bytes.close();
      throw e;
    }
  }

  @Override
  public String toString() {
    return file.toString();
  }
}
