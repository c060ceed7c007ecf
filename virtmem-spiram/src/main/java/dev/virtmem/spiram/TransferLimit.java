package dev.virtmem.spiram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** How many bytes the kernel's spidev takes in one transfer. */
final class TransferLimit {
  /** What spidev uses unless it is told otherwise. */
  static final int DEFAULT = 4096;

  static final Path BUFSIZ = Path.of("/sys/module/spidev/parameters/bufsiz");

  // Kernels of 64-bit Arm round the length of a transfer up to this before they compare.
  private static final int ALIGNMENT = 128;

  private TransferLimit() {}

  /**
   * Reads the limit.
   *
   * @param file where spidev states it
   * @return bytes; the default if the file is missing or makes no sense
   */
  static int read(Path file) {
    if (!Files.isReadable(file)) {
      return DEFAULT;
    }
    try {
      int limit = Integer.parseInt(Files.readString(file).strip());
      return limit < ALIGNMENT ? DEFAULT : limit / ALIGNMENT * ALIGNMENT;
    } catch (IOException | NumberFormatException e) {
      return DEFAULT;
    }
  }
}
