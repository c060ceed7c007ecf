package dev.virtmem.cli;

import dev.virtmem.serial.HostListener;
import dev.virtmem.serial.PassPort;
import java.util.List;
import picocli.CommandLine.Option;

/** Options for a second port that takes the place of screen and keyboard. */
final class PassOptions {
  private static final int DEFAULT_BAUD = 115_200;

  @Option(
      names = "--pass",
      paramLabel = "PORT",
      description =
          "A port that stands for screen and keyboard, with one --port only: what the board prints"
              + " goes there, what comes from there is its input.")
  private String port;

  @Option(
      names = "--pass-baud",
      paramLabel = "BAUD",
      description = "Rate of the --pass port; " + DEFAULT_BAUD + " unless set.")
  private Integer baud;

  /** Returns its name; null if there is none. */
  String port() {
    return port;
  }

  /**
   * Makes the port, which is still to be started.
   *
   * @param boards the ports that are served
   * @param listener hears its events
   * @return null if no port is wanted
   * @throws IllegalArgumentException if the options are wrong
   */
  PassPort open(List<String> boards, HostListener listener) {
    if (port == null) {
      if (baud != null) {
        throw new IllegalArgumentException("--pass-baud is for --pass, which is not given");
      }
      return null;
    }
    if (PortNames.isPattern(port)) {
      throw new IllegalArgumentException("--pass is one port and no pattern, got " + port);
    }
    if (boards.size() > 1 || PortNames.isPattern(boards.getFirst())) {
      throw new IllegalArgumentException(
          "--pass is the console of one --port, got " + String.join(" and ", boards));
    }
    if (boards.contains(port)) {
      throw new IllegalArgumentException("--pass must be another port than --port " + port);
    }
    int rate = baud == null ? DEFAULT_BAUD : baud;
    PortNames.checkBaud("--pass-baud", rate);
    return new PassPort(PortNames.connector(port, rate), listener);
  }

  /** Says how the port is. */
  String status(PassPort pass) {
    String now = pass.isConnected() ? "open" : "waiting";
    return Lines.format("%s: %s, %,d bytes of text dropped", port, now, pass.dropped());
  }
}
