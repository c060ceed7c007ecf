package dev.virtmem.spiram;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Looks at Linux's files of SPI devices for the reason why one could not be opened.
 *
 * @param directory where they are
 * @param usable tells whether this user may read and write a file
 */
record SpiDeviceFiles(Path directory, Predicate<Path> usable) {
  static final SpiDeviceFiles OF_THIS_SYSTEM =
      new SpiDeviceFiles(Path.of("/dev"), file -> Files.isReadable(file) && Files.isWritable(file));

  private static final String PREFIX = "spidev";

  /** Returns a sentence on what to do, without a full stop. */
  String advice(int bus, int channel) {
    Path file = directory.resolve(PREFIX + bus + "." + channel);
    if (!Files.exists(file)) {
      String others = others();
      return others.isEmpty()
          ? "There is no /dev/spidev at all: SPI is not enabled. On a Raspberry Pi: sudo"
              + " raspi-config, Interface Options, SPI, then restart"
          : "There is no /dev/spidev"
              + bus
              + "."
              + channel
              + ", but "
              + others
              + ". Use one of these, or enable that chip select (on a Raspberry Pi, in config.txt)";
    }
    if (!usable.test(file)) {
      return "Your user may not read and write /dev/spidev"
          + bus
          + "."
          + channel
          + ". Join the group spi: sudo usermod -aG spi $USER, then log in again";
    }
    return "/dev/spidev"
        + bus
        + "."
        + channel
        + " is there and may be used. Check that no other program has it open, and that your user"
        + " is in the group spi, which Pi4J's provider asks for (sudo usermod -aG spi $USER, then"
        + " log in again)";
  }

  private String others() {
    try (var files = Files.list(directory)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.startsWith(PREFIX))
          .sorted()
          .map(name -> "/dev/" + name)
          .collect(Collectors.joining(", "));
    } catch (IOException e) {
      return "";
    }
  }
}
