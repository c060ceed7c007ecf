package dev.virtmem.cli;

import java.io.IOException;
import java.nio.file.Files;

/** Says why there is no SPI device. */
final class SpiDiagnosis {
  private static final String ANYWHERE = "; the simulated sim:23LC1024 works anywhere";

  private final SystemFiles files;

  SpiDiagnosis(SystemFiles files) {
    this.files = files;
  }

  Problem problem() throws IOException {
    String model = files.line("proc/device-tree/model").orElse("");
    // As of the devices, those of two digits are no part of a Pi's header.
    boolean bus =
        files.names("sys/class/spi_master").stream().anyMatch(name -> name.matches("spi\\d"));
    if (bus && !Files.isDirectory(files.of("sys/module/spidev"))) {
      return problem("the kernel's module spidev is not loaded", "sudo modprobe spidev");
    }
    if (model.contains("Raspberry Pi")) {
      return problem(
          "SPI is not enabled on this " + model,
          "sudo raspi-config nonint do_spi 0, or dtparam=spi=on in config.txt; restart");
    }
    if (bus) {
      return problem("no chip select is given to spidev", "enable one in this board's device tree");
    }
    return problem("this is no Raspberry Pi, and has no SPI bus", "use a board that has SPI");
  }

  private static Problem problem(String cause, String help) {
    return new Problem("no SPI device for a chip, as " + cause + ANYWHERE, help);
  }
}
