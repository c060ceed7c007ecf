package dev.virtmem.serial;

import java.io.IOException;
import java.util.Objects;

/** Connectors for real lines. */
public final class Lines {
  private static final int MAX_PORT = 65_535;

  private Lines() {}

  /**
   * Returns a connector for a serial port.
   *
   * @param path such as {@code /dev/ttyUSB0} or {@code COM3}; looked up each time that it is opened
   * @param baud bits per second; pseudo-terminals and USB boards ignore it
   * @return a connector
   */
  public static Connector port(String path, int baud) {
    Objects.requireNonNull(path, "path");
    return named("serial:" + path, () -> SerialPortTransport.open(path, baud));
  }

  /**
   * Returns a connector for a serial server or an emulated board.
   *
   * @param host name or address
   * @param port number of the TCP port, 1 to 65,535
   * @return a connector
   * @throws IllegalArgumentException if the number is out of range
   */
  public static Connector tcp(String host, int port) {
    Objects.requireNonNull(host, "host");
    if (port < 1 || port > MAX_PORT) {
      throw new IllegalArgumentException("a TCP port is 1 to 65535, got " + port);
    }
    return named("serial-tcp://" + host + ":" + port, () -> TcpTransport.open(host, port));
  }

  private interface Opener {
    Transport open() throws IOException;
  }

  private static Connector named(String name, Opener opener) {
    return new Connector() {
      @Override
      public Transport connect() throws IOException {
        return opener.open();
      }

      @Override
      public String toString() {
        return name;
      }
    };
  }
}
