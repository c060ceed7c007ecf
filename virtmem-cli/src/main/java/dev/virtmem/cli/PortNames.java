package dev.virtmem.cli;

import dev.virtmem.serial.Connector;
import dev.virtmem.serial.Lines;
import dev.virtmem.serial.PortPattern;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Ports as they are named on the command line: paths, patterns of paths, and TCP addresses. */
final class PortNames {
  private static final Pattern TCP = Pattern.compile("(?:serial-)?tcp://([^/]+):(\\d{1,5})/?");
  private static final int LEAST_BAUD = 300;

  private PortNames() {}

  /** Tells whether a name has wildcards. */
  static boolean isPattern(String name) {
    return PortPattern.isPattern(name) && !TCP.matcher(name).matches();
  }

  /**
   * Returns what opens a port.
   *
   * @param name of one port
   * @param baud its rate, if it is a serial port
   * @throws IllegalArgumentException if the number of a TCP port is out of range
   */
  static Connector connector(String name, int baud) {
    Matcher tcp = TCP.matcher(name);
    return tcp.matches()
        ? Lines.tcp(tcp.group(1), Integer.parseInt(tcp.group(2)))
        : Lines.port(name, baud);
  }

  /**
   * Checks a rate.
   *
   * @param option its name
   * @throws IllegalArgumentException if it is too low
   */
  static void checkBaud(String option, int baud) {
    if (baud < LEAST_BAUD) {
      throw new IllegalArgumentException(
          option + " must be " + LEAST_BAUD + " or more, got " + baud);
    }
  }
}
